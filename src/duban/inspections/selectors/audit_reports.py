"""The report of an audit as PDF, set in our own fonts, in Chinese or English."""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import typst
from django.utils.translation import gettext, override

from duban.contracts.selectors.options import line_label
from duban.inspections.domain.audits import GRADE_LABELS, MEETING_LABELS, NONCONFORMITIES, AuditGrade, MeetingKind, TeamRole
from duban.inspections.domain.states import AUDIT_FINDING_STATES
from duban.inspections.models import AuditFinding, AuditMeeting
from duban.inspections.permissions import sees_names
from duban.inspections.selectors.audits import ANSWER, AuditPage
from duban.inspections.selectors.facts import place_label
from duban.inspections.selectors.rectification import fonts_folder
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound, WrongState
from duban.kernel.text import mark
from duban.platform.files.display import open_display
from duban.platform.files.models import Attachment, StoredFile
from duban.platform.files.selectors import attachments_of_many
from duban.platform.ui import formatting

LANGUAGES = {"zh": "zh-hans", "en": "en"}
PICTURE_LIMIT = 6
"""At most so many files of one finding are set into a report; its page shows all of them."""
Pictures: TypeAlias = Mapping[int, list[Attachment]]


def audit_pdf(actor: Actor, page: AuditPage, language: str) -> bytes:
    """The report as far as the actor sees it: a vendor gets its own findings, and no minutes.

    `language` is `zh` or `en`, else `NotFound`; `WrongState` before the closing meeting. Raises `FontMissing`.
    """
    if language not in LANGUAGES:
        raise NotFound
    if page.audit.state not in {"reporting", "issued", "closed"}:
        raise WrongState(mark("The report is written after the closing meeting."))
    pictures = _pictures(page)
    with override(LANGUAGES[language]):
        content = json.dumps(_paper(actor, page, language, pictures), ensure_ascii=False)
    shown = [item.file for items in pictures.values() for item in items if item.file.is_image]
    return _set(content, shown)


def _set(content: str, pictures: list[StoredFile]) -> bytes:
    """Set the report in a folder of its own: a document reads nothing outside the folder it lies in."""
    source = Path(str(files("duban.inspections"))) / "data" / "audit_report.typ"
    with TemporaryDirectory() as place:
        folder = Path(place)
        for picture in pictures:
            with open_display(picture, "display") as shown:
                (folder / _picture_name(picture)).write_bytes(shown.read())
        (folder / "content.json").write_text(content, encoding="utf-8")
        template = folder / source.name
        template.write_bytes(source.read_bytes())
        return typst.compile(str(template), font_paths=[str(fonts_folder())], ignore_system_fonts=True)


def _paper(actor: Actor, page: AuditPage, language: str, pictures: Pictures) -> dict[str, object]:
    audit = page.audit
    issued = formatting.minute(audit.issued_at) if audit.issued_at else gettext("Draft, not issued")
    return {
        "language": language,
        "title": gettext("Audit report"),
        "subtitle": audit.title,
        "draft": "" if audit.issued_at else gettext("Draft"),
        "facts": [
            [gettext("Audit"), audit.code],
            [gettext("Programme"), f"{audit.programme.year} · {audit.programme.office.name}"],
            [gettext("Audit days"), f"{formatting.day(audit.starts_on)} – {formatting.day(audit.ends_on)}"],
            [gettext("Report issued"), issued],
            [gettext("Lead auditor"), page.lead],
            [gettext("Audit team"), _members(actor, page)],
        ],
        "sections": [
            [gettext("Objective"), audit.objective],
            [gettext("What was audited"), "\n".join(scope_words(page))],
            [gettext("Criteria"), "\n".join(criteria_words(page))],
            *([[gettext("Conclusion"), audit.conclusion]] if audit.conclusion else []),
        ],
        "counts_title": gettext("Findings by grade"),
        "counts": [[gettext(GRADE_LABELS[AuditGrade(grade)]), count] for grade, count in page.grades.items()],
        "findings_title": gettext("Audit findings"),
        "findings": [_finding(row, pictures[row.pk]) for row in page.findings],
        "no_findings": gettext("No finding was made."),
        "meetings_title": gettext("Meetings"),
        "meetings": [_meeting(page.meetings[kind]) for kind in MeetingKind if kind in page.meetings],
        "follow_title": gettext("Follow-up of nonconformities"),
        "follow_heads": ["#", gettext("Who answers"), gettext("Action by"), gettext("State"), gettext("Verified on")],
        "follow": [_follow(row) for row in page.findings if row.grade in NONCONFORMITIES],
        "labels": {"criterion": gettext("Criterion"), "evidence": gettext("Evidence")},
        "signatures": [gettext("Lead auditor"), gettext("For the audited side"), gettext("Date")],
        "note": gettext("An audit is a sample: what it did not find may still be there."),
    }


def scope_words(page: AuditPage) -> list[str]:
    """The audited contract lines and offices, one a row."""
    lines = [f"{line_label(line)} ({line.contract.code})" for line in page.lines]
    return [*lines, *(unit.name for unit in page.units)]


def criteria_words(page: AuditPage) -> list[str]:
    """What is audited against, one a row: standards, checklists, the contracts, clauses in words."""
    contracts = sorted({f"{line.contract.code} {line.contract.title}" for line in page.lines})
    found = [*(str(row) for row in page.standards), *(f"{row.name} ({row.code})" for row in page.checklists), *contracts]
    return [*found, *([page.audit.criteria] if page.audit.criteria else [])]


def criterion_words(finding: AuditFinding) -> str:
    """The clause and the item of the standard a finding is measured by."""
    return " · ".join(part for part in (str(finding.item) if finding.item else "", finding.criterion) if part)


def answering_words(finding: AuditFinding) -> str:
    """Who answers a finding."""
    if finding.line is not None:
        return line_label(finding.line)
    return finding.unit.name if finding.unit is not None else ""


def place_of(finding: AuditFinding) -> str:
    """Where it was found."""
    place = finding.place
    return place_label(place.name, place.parent.name if place.parent else None) if place else ""


def _members(actor: Actor, page: AuditPage) -> str:
    names = [member.person.name for member in page.team if member.role != TeamRole.LEAD]
    return "、".join(names) if names and sees_names(actor) else "–"


def _finding(row: AuditFinding, hung: list[Attachment]) -> dict[str, object]:
    return {
        "number": row.number,
        "grade": gettext(GRADE_LABELS[AuditGrade(row.grade)]),
        "tone": row.grade,
        "where": " · ".join(part for part in (answering_words(row), place_of(row)) if part),
        "statement": row.statement,
        "criterion": criterion_words(row),
        "evidence": row.evidence,
        "pictures": [_picture_name(item.file) for item in hung if item.file.is_image],
        "files": [f"{item.name} · SHA-256 {item.file.sha256[:12]}…" for item in hung],
    }


def _pictures(page: AuditPage) -> Pictures:
    """What hangs on each finding as evidence, at most so much as a report bears."""
    hung = attachments_of_many(AuditFinding, [row.pk for row in page.findings])
    return {key: [item for item in items if item.note != ANSWER][:PICTURE_LIMIT] for key, items in hung.items()}


def _picture_name(file: StoredFile) -> str:
    return f"{file.sha256}.jpg"


def _meeting(meeting: AuditMeeting) -> dict[str, object]:
    people = [" ".join(part for part in (row.name, row.function, row.organisation) if part) for row in meeting.people]
    return {
        "name": gettext(MEETING_LABELS[MeetingKind(meeting.kind)]),
        "at": f"{formatting.minute(meeting.held_at)} · {meeting.place}",
        "people": "；".join(people),
        "minutes": meeting.minutes,
    }


def _follow(row: AuditFinding) -> list[str]:
    verified = formatting.day(row.verified_at) if row.verified_at and row.state == "effective" else "–"
    due = formatting.day(row.due_on) if row.due_on else "–"
    return [str(row.number), answering_words(row), due, gettext(AUDIT_FINDING_STATES.labels[row.state]), verified]
