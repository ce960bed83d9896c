"""The last weeks told one by one: inspections with notices, answers, links, re-checks, praise, and the ladder."""

from datetime import date
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from duban.contracts.models import ContractLine
from duban.estates.models import Place
from duban.inspections.domain.verdicts import Verdict
from duban.inspections.domain.visits import VisitInput, VisitLine
from duban.inspections.models import Finding, NoticeLink, Praise, RectificationNotice
from duban.inspections.services import (
    finding_recheck,
    finding_reply,
    findings_escalate,
    link_make,
    link_open,
    link_reply,
    notice_move,
    notices_issue,
    praise_give,
    praise_take_back,
    record_visit,
)
from duban.kernel.actor import Actor
from duban.orgs.selectors import actor_for_person
from duban.project.demo.clock import at
from duban.project.demo.episode_plans import EPISODES, PRAISES, Answer, Episode, Fault, Look, PraisePlan
from duban.project.demo.pictures import evidence_picture
from duban.project.demo.registers import World
from duban.standards.models import StandardItem

LADDER_DAY = date(2026, 11, 2)
ADDRESS = "203.0.113.24"


def play_episodes(world: World) -> int:
    """Tell all of them, once; returns how many notices there are then."""
    if not RectificationNotice.objects.exists():
        with transaction.atomic():
            for episode in EPISODES:
                _play(world, episode)
            for praise in PRAISES:
                _praise(world, praise)
            with at(LADDER_DAY):
                findings_escalate()
    return RectificationNotice.objects.count()


def _play(world: World, episode: Episode) -> None:
    line = _line(episode.vendor, episode.estate)
    findings = _inspect(world, line, episode)
    with at(episode.day, 15):
        notice = notices_issue(
            actor=_person(world, episode.issuer), findings=findings, text=episode.text, is_sent=episode.is_sent
        )[0]
    if episode.cancelled:
        with at(episode.day, 16):
            notice_move(actor=_person(world, episode.issuer), notice=notice, move="withdraw", note=episode.cancelled)
    link = _link(world, episode, notice) if episode.recipient else None
    steps: list[Answer | Look] = [*episode.answers, *episode.looks]
    for step in sorted(steps, key=lambda step: (step.day, step.hour)):
        finding = Finding.objects.select_related("check_result").get(pk=findings[step.fault].pk)
        with at(step.day, step.hour, 20):
            if isinstance(step, Look):
                _look(world, step, finding, line)
            else:
                _answer(world, step, finding, line, link)


def _inspect(world: World, line: ContractLine, episode: Episode) -> list[Finding]:
    items = {item.key: item for item in StandardItem.objects.filter(standard=line.standard)}
    entries = tuple(
        VisitLine(
            item_id=items[fault.item].pk,
            verdict=Verdict.FAIL,
            place_id=_place(line, fault).pk,
            note=fault.note,
            photos=(_photo(line, fault.note, f"{episode.day} 09:3{number}"),),
        )
        for number, fault in enumerate(episode.faults)
    )
    with at(episode.day, 9, 30):
        visit = record_visit(
            actor=_person(world, episode.inspector),
            line=line,
            entry=VisitInput(day=episode.day, is_announced=False, note=episode.title, lines=entries),
        )
    rows = Finding.objects.filter(check_result__visit=visit).select_related("check_result").order_by("pk")
    return list(rows)


def _link(world: World, episode: Episode, notice: RectificationNotice) -> NoticeLink:
    with at(episode.day, 15, 30):
        link, _token = link_make(actor=_person(world, episode.issuer), notice=notice, recipient=episode.recipient)
    return link


def _answer(world: World, step: Answer, finding: Finding, line: ContractLine, link: NoticeLink | None) -> None:
    photos = [_photo(line, finding.text, f"{step.day} {step.hour:02}:20", is_mended=True)]
    if link is None:
        finding_reply(actor=_person(world, step.by), finding=finding, cause=step.cause, action=step.action, uploads=photos)
        return
    link_open(link=link, address=ADDRESS)
    link_reply(link=link, address=ADDRESS, finding=finding.code, cause=step.cause, action=step.action, uploads=photos)


def _look(world: World, step: Look, finding: Finding, line: ContractLine) -> None:
    photos = [_photo(line, finding.text, f"{step.day} {step.hour:02}:20", is_mended=step.is_accepted)]
    finding_recheck(
        actor=_person(world, step.by), finding=finding, is_accepted=step.is_accepted, note=step.note, uploads=photos
    )


def _praise(world: World, plan: PraisePlan) -> None:
    line = _line(plan.vendor, plan.estate)
    place = Place.objects.get(estate=line.estate, name=plan.place, parent=None)
    photo = _photo(line, plan.text, f"{plan.day} 10:05", is_mended=True)
    with at(plan.day, 10):
        giver = _person(world, plan.by)
        praise = praise_give(actor=giver, line=line, text=plan.text, day=plan.day, place=place, uploads=[photo])
    if plan.taken_back:
        with at(plan.day, 17):
            praise_take_back(actor=giver, praise=Praise.objects.get(pk=praise.pk), note=plan.taken_back)


def _person(world: World, username: str) -> Actor:
    return actor_for_person(world.people[username])


def _line(vendor: str, estate: str) -> ContractLine:
    """The vendor's line at the estate; of several the first in the order of service lines."""
    rows = ContractLine.objects.filter(contract__vendor__short_name=vendor, estate__short_name=estate).order_by("service_line")
    return rows.select_related("estate__office", "contract__office", "contract__vendor__unit")[0]


def _place(line: ContractLine, fault: Fault) -> Place:
    building, _, floor = fault.place.partition("/")
    rows = Place.objects.filter(estate=line.estate, name=floor or building)
    return rows.get(parent__name=building) if floor else rows.get(parent=None)


def _photo(line: ContractLine, scene: str, caption: str, *, is_mended: bool = False) -> SimpleUploadedFile:
    """A picture of a scene; the same words show the same spot, before and after."""
    picture = evidence_picture(line.service_line, Random(scene), caption, is_mended=is_mended)
    return SimpleUploadedFile("现场.jpg", picture, "image/jpeg")
