"""Rectification notices for the pages, for paper, and for those who open one by a link."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from duban.contracts.selectors.options import line_label
from duban.inspections.domain.verdicts import Grade
from duban.inspections.models import CheckPhoto, Finding, NoticeLink, RectificationNotice
from duban.inspections.permissions import Code
from duban.inspections.selectors.blind import blind_visits
from duban.inspections.selectors.facts import place_label
from duban.inspections.selectors.results import WITH_PATHS, shown_history
from duban.kernel.actor import Actor
from duban.kernel.errors import DomainError, NotFound
from duban.kernel.text import mark
from duban.platform.files.models import StoredFile
from duban.platform.files.selectors import attachments_of_many
from duban.platform.records import get_by_code
from duban.platform.ui import formatting
from duban.platform.ui.components import TimelineEntry

REGULAR_FONT = "NotoSansSC_400Regular.ttf"


class FontMissing(DomainError):
    """The Chinese fonts are laid beside the assets when those are built; without them a PDF would be empty boxes."""

    status = 503
    default_message = mark("The fonts for documents are not installed. Run “make setup” once and try again.")


@dataclass(frozen=True)
class NoticePage:
    """What the page of a notice shows; links only to those who may make them."""

    notice: RectificationNotice
    findings: tuple[Finding, ...]
    links: tuple[NoticeLink, ...]
    timeline: tuple[TimelineEntry, ...]
    can_edit: bool


@dataclass(frozen=True)
class OpenFinding:
    """A finding as the holder of a link sees it: no names, no other records. Photos are hashes to be asked for."""

    code: str
    item: str
    target: str
    place: str
    text: str
    severity: str
    due_at: datetime | None
    state: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def notice_list(actor: Actor) -> "QuerySet[RectificationNotice]":
    """Notices the actor may see with the number of their findings; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    seen = RectificationNotice.objects.for_actor(actor)
    rows = seen.exclude(entries__finding__check_result__visit__in=blind_visits(actor)).select_related(*WITH_PATHS)
    return rows.annotate(finding_count=Count("entries"))


def notice_get(actor: Actor, code: str) -> RectificationNotice:
    """One notice of the actor's scope, or `NotFound`."""
    return get_by_code(notice_list(actor).select_related("issued_by"), code)


def notice_page(actor: Actor, notice: RectificationNotice) -> NoticePage:
    """Everything the page shows: three statements besides the notice."""
    can_edit = any(actor.can(Code.EDIT, path) for path in notice.permission_paths()[:2])
    links = notice.links.select_related("made_by").order_by("-id") if can_edit else ()
    return NoticePage(notice, findings_of(notice), tuple(links), shown_history(actor, notice), can_edit)


def findings_of(notice: RectificationNotice) -> tuple[Finding, ...]:
    """The findings of a notice in their order: one statement."""
    rows = Finding.objects.filter(notice_entries__notice=notice).select_related(
        "item", "place__parent", "check_result", "line__contract__office", "line__estate__office"
    )
    return tuple(rows.order_by("notice_entries__position"))


def link_get(actor: Actor, notice: RectificationNotice, key: int) -> NoticeLink:
    """One link of a notice, or `NotFound`."""
    link = NoticeLink.objects.for_actor(actor).filter(notice=notice, pk=key).select_related("notice").first()
    if link is None:
        raise NotFound
    link.notice = notice
    return link


def open_findings_of(notice: RectificationNotice) -> list[OpenFinding]:
    """The findings of a notice as the holder of a link sees them: three statements."""
    rows = findings_of(notice)
    before: dict[int, list[str]] = {}
    photos = CheckPhoto.objects.filter(check_result__in=[row.check_result_id for row in rows if row.check_result_id])
    for result, sha in photos.order_by("id").values_list("check_result_id", "file__sha256"):
        before.setdefault(result, []).append(sha)
    after = attachments_of_many(Finding, [row.pk for row in rows])
    return [
        OpenFinding(
            code=row.code,
            item=row.item.name,
            target=row.item.target,
            place=_place(row),
            text=row.text,
            severity=gettext(Grade(row.severity).label),
            due_at=row.due_at,
            state=row.state,
            before=tuple(before.get(row.check_result_id or 0, ())),
            after=tuple(item.file.sha256 for item in after[row.pk]),
        )
        for row in rows
    ]


def open_photo(notice: RectificationNotice, sha256: str) -> StoredFile:
    """A picture that belongs to a finding of the notice, or `NotFound`."""
    shown = {sha for row in open_findings_of(notice) for sha in (*row.before, *row.after)}
    file = StoredFile.objects.filter(sha256=sha256).first() if sha256 in shown else None
    if file is None or not file.is_image:
        raise NotFound
    return file


def notice_pdf(page: NoticePage) -> bytes:
    """The notice as PDF in the reader's language, set in our own fonts. Raises `FontMissing`."""
    template = str(Path(str(files("duban.inspections"))) / "data" / "notice.typ")
    content = json.dumps(_paper(page), ensure_ascii=False)
    return typst.compile(template, font_paths=[str(fonts_folder())], ignore_system_fonts=True, sys_inputs={"content": content})


def _paper(page: NoticePage) -> dict[str, object]:
    notice = page.notice
    line = notice.line
    facts = [
        (gettext("Notice"), notice.code),
        (gettext("Contract"), f"{line.contract.code} {line.contract.title}"),
        (gettext("To"), line.contract.vendor.name),
        (gettext("Contract line"), line_label(line)),
        (gettext("Issued"), formatting.minute(notice.sent_at) if notice.sent_at else "–"),
        (gettext("Answer by"), _moment(notice.reply_by)),
    ]
    return {
        "title": gettext("Rectification notice"),
        "subtitle": line.contract.office.name,
        "facts": [[name, value] for name, value in facts],
        "intro": gettext("This was found on site. Please put it right in time and answer with cause, action and photos."),
        "text": notice.text,
        "heads": ["#", gettext("Place"), gettext("What was found"), gettext("Severity"), gettext("Rectify by")],
        "lines": [
            [
                str(number),
                _place(row) or "–",
                f"{row.item.name}：{row.text}" if row.text else row.item.name,
                gettext(Grade(row.severity).label),
                _moment(row.due_at),
            ]
            for number, row in enumerate(page.findings, start=1)
        ],
        "signatures": [gettext("For the property company"), gettext("Received for the vendor"), gettext("Date")],
        "note": gettext("Deductions, if any, follow the contract's appraisal rules and appear on the score card, never here."),
    }


def _moment(value: datetime | None) -> str:
    return formatting.minute(timezone.localtime(value)) if value else gettext("unknown: the calendar is not published")


def _place(row: Finding) -> str:
    if row.place is None:
        return ""
    return place_label(row.place.name, row.place.parent.name if row.place.parent else None)


@cache
def fonts_folder() -> Path:
    """Where our fonts lie. Raises `FontMissing`."""
    folder = Path(str(files("duban.platform.ui"))) / "fonts"
    if not (folder / REGULAR_FONT).is_file():
        raise FontMissing
    return folder
