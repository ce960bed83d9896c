"""What phones send after an answer: its photos, and a change of mind."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from django.db import transaction
from django.db.models import F

from duban.inspections.domain.verdicts import VERDICT_WORDS, Grade
from duban.inspections.models import AnswerChange, CheckPhoto, CheckResult, OtherAnswer
from duban.inspections.services.correcting import correct_result
from duban.kernel.actor import Actor
from duban.kernel.errors import DomainError, Invalid, NotFound
from duban.kernel.text import mark
from duban.platform.audit.services import audited
from duban.platform.files.models import StoredFile
from duban.platform.files.selectors import attachments_of_many
from duban.platform.files.services import attach
from duban.platform.sync.kinds import NotYet, Received
from duban.platform.sync.models import Envelope, Stage
from duban.platform.sync.selectors import own_key

CORRECTED = mark("corrected on the phone")
REFUSED = mark("What this corrects was refused itself. Please send the answer anew.")
VERDICTS = {word: verdict for verdict, word in VERDICT_WORDS.items()}
OWNED = ("result__line__contract",)
LONGEST = 50
"""Corrections of one answer that are followed back to the first."""

Answer: TypeAlias = CheckResult | OtherAnswer


@transaction.atomic
def hang_photos(*, actor: Actor, answers: Mapping[UUID, Answer], envelopes: Sequence[Received]) -> None:
    """Hang the photos of these envelopes on what they became; the engine saw to it that their bytes are there."""
    wanted = {photo.sha256 for item in envelopes for photo in item.payload.photos}
    if not wanted:
        return
    files = {file.sha256: file for file in StoredFile.objects.filter(sha256__in=wanted)}
    results: dict[UUID, CheckResult] = {}
    others: dict[UUID, OtherAnswer] = {}
    for key, answer in answers.items():
        if isinstance(answer, CheckResult):
            results[key] = answer
        else:
            others[key] = answer
    _on_results(results, [item for item in envelopes if item.id in results], files)
    _on_others(actor, others, [item for item in envelopes if item.id in others], files)


@transaction.atomic
def change_answer(*, actor: Actor, item: Received) -> Answer:
    """Put a later answer of the same person in the place of the one it names, or of the one that stands in its place.

    Of several changes of one answer the one captured last counts, whichever arrives last. Raises `NotYet` where the answer
    has not been applied so far, `Invalid` where it was refused, `NotFound` where it is none of this person's; else as
    `correct_result`.
    """
    root = _first_of(actor, item.payload.replaces)
    mine = {"client_id": root, "inspector_id": actor.person_id}
    answer = _mine(mine)
    if answer is None:
        raise missing_answer(actor, root)
    if _is_last(root, item):
        answer = _change_result(actor, answer, item) if isinstance(answer, CheckResult) else _change_other(actor, mine, item)
    hang_photos(actor=actor, answers={item.id: answer}, envelopes=[item])
    return answer


def missing_answer(actor: Actor, key: UUID) -> DomainError:
    """Why there is no answer of this person under this number: not here yet, refused, or none of theirs."""
    envelope = Envelope.objects.filter(pk=key).first()
    if envelope is None or (envelope.person_id == actor.person_id and envelope.stage == Stage.WAITING):
        return NotYet()
    return Invalid(REFUSED) if envelope.person_id == actor.person_id and envelope.stage == Stage.REJECTED else NotFound()


def _mine(mine: Mapping[str, object]) -> Answer | None:
    return CheckResult.objects.filter(**mine).first() or OtherAnswer.objects.filter(**mine).select_related(*OWNED).first()


def _is_last(root: UUID, item: Received) -> bool:
    """Keep that there was a change, and say whether it is the last of this answer so far."""
    known = AnswerChange.objects.filter(root_id=root).exclude(client_id=item.id)
    moment = min(item.payload.at, item.received_at)
    is_last = all((change.at, str(change.client_id)) < (moment, str(item.id)) for change in known)
    AnswerChange.objects.get_or_create(client_id=item.id, defaults={"root_id": root, "at": moment})
    return is_last


def _first_of(actor: Actor, key: UUID) -> UUID:
    """The envelope with which a chain of corrections began: its number is that of the stored answer."""
    for _ in range(LONGEST):
        row = Envelope.objects.filter(pk=key, person_id=own_key(actor)).first()
        before = json.loads(row.payload).get("replaces") if row is not None else None
        if before is None:
            break
        key = UUID(before)
    return key


def _change_result(actor: Actor, result: CheckResult, item: Received) -> CheckResult:
    said, reason = item.payload, str(CORRECTED)
    if said.value != result.value:
        with audited(actor=actor, record=result, action="edit", reason=reason):
            result.value = said.value
            result.save(update_fields=["value"])
    grade = Grade(result.severity) if said.severity is None else Grade.of(said.severity)
    verdict = VERDICTS[said.verdict]
    return correct_result(actor=actor, result=result, verdict=verdict, severity=grade, reason=reason, note=said.note)


def _change_other(actor: Actor, mine: Mapping[str, object], item: Received) -> OtherAnswer:
    other = OtherAnswer.objects.select_for_update(of=("self",)).select_related(*OWNED).get(**mine)
    said = item.payload
    with audited(actor=actor, record=other, action="edit", reason=str(CORRECTED)):
        other.verdict = VERDICTS[said.verdict]
        other.severity = other.severity if said.severity is None else Grade.of(said.severity)
        other.value, other.note = said.value, said.note
        other.save()
    return other


def _on_results(results: Mapping[UUID, CheckResult], envelopes: Sequence[Received], files: Mapping[str, StoredFile]) -> None:
    known = set(CheckPhoto.objects.filter(check_result__in=list(results.values())).values_list("check_result_id", "file_id"))
    fresh: dict[tuple[int, int], CheckPhoto] = {}
    for item in envelopes:
        for photo in item.payload.photos:
            result, file = results[item.id], files[photo.sha256]
            if (result.pk, file.pk) not in known:
                fresh[result.pk, file.pk] = CheckPhoto(check_result=result, file=file, taken_at=photo.taken_at)
    CheckPhoto.objects.bulk_create(fresh.values())
    for result_id in sorted({result for result, _ in fresh}):
        number = sum(result == result_id for result, _ in fresh)
        CheckResult.objects.filter(pk=result_id).update(photo_count=F("photo_count") + number)


def _on_others(
    actor: Actor, others: Mapping[UUID, OtherAnswer], envelopes: Sequence[Received], files: Mapping[str, StoredFile]
) -> None:
    hung = attachments_of_many(OtherAnswer, [other.pk for other in others.values()]) if envelopes else {}
    known = {(key, each.file_id) for key, rows in hung.items() for each in rows}
    for item in envelopes:
        for photo in item.payload.photos:
            other, file = others[item.id], files[photo.sha256]
            if (other.pk, file.pk) not in known:
                known.add((other.pk, file.pk))
                attach(actor=actor, target=other, file=file, name=f"{file.sha256[:12]}.jpg")
