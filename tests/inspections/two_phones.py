"""Two phones, one task, any interleaving of what phones and networks do: against a model, nothing lost and nothing doubled."""

import hashlib
from datetime import timedelta
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models import CheckPhoto, CheckResult, Finding, InspectionTask, OtherAnswer, Visit
from duban.platform.files.selectors import attachments_of
from duban.platform.sync.canonical import canonical, digest
from duban.platform.sync.models import EarlyEnvelope, Envelope, NeededFile, Stage
from duban.platform.sync.services import WrongOffset, receive_envelopes, take_chunk, wake_envelopes
from duban.platform.sync.shapes import Sent
from tests.inspections.test_services import photo

DEVICES = [f"018f4a2e-1111-7000-8000-00000000000{number}" for number in range(2)]
PHOTOS = [photo(colour=colour).read() for colour in ("blue", "red")]
HASHES = [hashlib.sha256(content).hexdigest() for content in PHOTOS]
WORDS = {"pass": Verdict.PASS, "fail": Verdict.FAIL, "not_applicable": Verdict.NOT_APPLICABLE}
PHONE, MINUTES = st.integers(0, 1), st.integers(0, 40)
WHICH = st.integers(0, 999)
VERDICTS, PICTURES = st.sampled_from(sorted(WORDS)), st.sets(st.integers(0, 1))


class Said:
    """One envelope in the model: what the phone wrote, and for which answer."""

    def __init__(self, sent, person, at, photos=(), verdict="", root=None):
        self.sent, self.person, self.at, self.verdict = sent, person, at, verdict
        self.photos, self.root = set(photos), root
        self.is_refused = False

    @property
    def order(self):
        return (self.at, str(self.sent.id))


class TwoPhones(RuleBasedStateMachine):
    """Phones keep what was captured; the network brings any of it, in any order, any number of times."""

    actor, task, place, items = None, None, None, ()

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.start = timezone.now() - timedelta(hours=2)
        self.outbox, self.wanted, self.parts = ([], []), (set(), set()), ({}, {})
        self.number, self.told = 0, {}

    def teardown(self):
        try:
            self.everything_arrives()
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    @initialize(is_one_person=st.booleans())
    def sign_in(self, is_one_person):
        second = "quality_inspector" if is_one_person else "quality_manager"
        self.people = (self.actor("quality_inspector"), self.actor(second))

    @rule(phone=PHONE, item=st.integers(0, 1), verdict=VERDICTS, minutes=MINUTES, pictures=PICTURES)
    def capture(self, phone, item, verdict, minutes, pictures):
        self.keep(phone, "answer", minutes, self.answer(item, verdict, minutes, pictures), pictures, verdict)

    @precondition(lambda self: self.answers())
    @rule(which=WHICH, verdict=VERDICTS, minutes=MINUTES, pictures=PICTURES, is_chained=st.booleans())
    def change_mind(self, which, verdict, minutes, pictures, is_chained):
        answers = [(phone, said) for phone, said in self.answers() if (said.root or said).person == said.person]
        phone, before = answers[which % len(answers)]
        root = before.root or before
        named = before if is_chained else root
        item = next(number for number in range(3) if self.keys[number] == root.sent.payload["item"])
        payload = self.answer(item, verdict, minutes, pictures) | {"replaces": str(named.sent.id)}
        said = self.keep(phone, "answer", minutes, payload, pictures, verdict, root)
        said.is_refused = root.is_refused

    @rule(phone=PHONE, minutes=MINUTES)
    def capture_nonsense(self, phone, minutes):
        self.keep(phone, "answer", minutes, self.answer(2, "pass", minutes, ()), (), "pass").is_refused = True

    @precondition(lambda self: len({actor.person_id for actor in self.people}) == 2 and self.answers())
    @rule(which=WHICH, minutes=MINUTES)
    def correct_what_is_not_ones_own(self, which, minutes):
        answers = self.answers()
        phone, theirs = answers[which % len(answers)]
        theirs = theirs.root or theirs
        phone = next(number for number, actor in enumerate(self.people) if actor.person_id == theirs.person)
        payload = self.answer(0, "fail", minutes, ()) | {"replaces": str(theirs.sent.id)}
        self.keep(1 - phone, "answer", minutes, payload, (), "fail", theirs).is_refused = True

    @precondition(lambda self: any(not said.is_refused for _, said in self.answers()))
    @rule(which=WHICH, minutes=MINUTES)
    def end_the_round(self, which, minutes):
        phones = [phone for phone, said in self.answers() if not said.is_refused]
        phone = phones[which % len(phones)]
        payload = {"task": self.task.code, "at": self.moment(minutes).isoformat(), "answered": 1}
        self.keep(phone, "finish", minutes, payload, ())

    @precondition(lambda self: any(self.outbox))
    @rule(phone=PHONE, picks=st.lists(WHICH, min_size=1, max_size=5), is_lost=st.booleans())
    def deliver(self, phone, picks, is_lost):
        said = self.outbox[phone]
        if said:
            self.send(phone, [said[pick % len(said)] for pick in picks], is_lost=is_lost)

    @precondition(lambda self: any(self.wanted))
    @rule(phone=PHONE, which=WHICH, is_from_start=st.booleans())
    def send_a_piece(self, phone, which, is_from_start):
        wanted = sorted(self.wanted[phone])
        if wanted:
            self.put(phone, wanted[which % len(wanted)], is_from_start=is_from_start)

    @rule()
    def the_job_comes_round(self):
        wake_envelopes()

    @invariant()
    def nothing_is_doubled(self):
        spots = list(CheckResult.objects.values_list("place_id", "item_id"))
        assert len(spots) == len(set(spots))

    @invariant()
    def what_is_settled_stays_so(self):
        now = dict(Envelope.objects.values_list("pk", "stage"))
        assert all(now[key] == stage for key, stage in self.told.items() if stage != Stage.WAITING)
        self.told = now

    def answers(self):
        return [(phone, said) for phone in (0, 1) for said in self.outbox[phone] if said.verdict]

    def moment(self, minutes):
        return self.start + timedelta(minutes=minutes)

    def answer(self, item, verdict, minutes, pictures):
        at = self.moment(minutes).isoformat()
        photos = [{"sha256": HASHES[number], "taken_at": at, "source": "camera"} for number in sorted(pictures)]
        severity = "major" if verdict == "fail" else None
        said = {"task": self.task.code, "place": self.place.tag, "item": self.keys[item], "verdict": verdict}
        return {**said, "severity": severity, "at": at, "photos": photos, "note": f"note {self.number}"}

    def keep(self, phone, kind, minutes, payload, pictures, verdict="", root=None):
        self.number += 1
        # Numbers of no particular order, as those of two phones are to each other.
        key = UUID(hashlib.md5(f"{phone} {self.number}".encode()).hexdigest())  # noqa: S324 - no secret
        sent = Sent(key, f"inspections.{kind}", 1, self.moment(minutes), payload, digest(canonical(payload)))
        said = Said(sent, self.people[phone].person_id, sent.captured_at, pictures, verdict, root)
        self.outbox[phone].append(said)
        self.wanted[phone].update(pictures)
        return said

    def send(self, phone, said, *, is_lost=False):
        envelopes = [one.sent for one in said]
        answers = receive_envelopes(
            actor=self.people[phone], device=DEVICES[phone], sent_at=timezone.now(), envelopes=envelopes
        )
        stored = {row.pk: row for row in Envelope.objects.filter(pk__in=[sent.id for sent in envelopes])}
        if not is_lost:
            told = [(answer.id, answer.stage, answer.record, answer.reason) for answer in answers]
            rows = [stored[sent.id] for sent in envelopes]
            assert told == [(row.pk, row.stage, row.record, row.reason) for row in rows]

    def put(self, phone, number, *, is_from_start=False):
        content, actor = PHOTOS[number], self.people[phone]
        middle = len(content) // 2
        begin = 0 if is_from_start else self.parts[phone].get(number, 0)
        piece = content[begin : middle if begin < middle else None]
        try:
            progress = take_chunk(actor=actor, sha256=HASHES[number], offset=begin, size=len(content), content=piece)
        except WrongOffset as error:
            self.parts[phone][number] = error.received
        else:
            self.parts[phone][number] = 0 if progress.is_complete else progress.received
            if progress.is_complete:
                self.wanted[phone].discard(number)

    def everything_arrives(self):
        """In the end the network is there: all is sent, latest first, and every file."""
        for phone in (0, 1):
            said = self.outbox[phone][::-1]
            if said:
                self.send(phone, said[: len(said) // 2] or said)
                self.send(phone, said)
            while self.wanted[phone]:
                self.put(phone, min(self.wanted[phone]))
        self.all_is_settled()
        self.all_is_there()
        for phone in (0, 1):
            if self.outbox[phone]:
                self.send(phone, self.outbox[phone])

    def all_is_settled(self):
        said = [one for box in self.outbox for one in box]
        rows = {row.pk: row for row in Envelope.objects.all()}
        assert rows.keys() == {one.sent.id for one in said}
        for one in said:
            row = rows[one.sent.id]
            assert row.stage == (Stage.REJECTED if one.is_refused else Stage.APPLIED), (row, row.reason)
            assert bool(row.reason) == one.is_refused
        assert not EarlyEnvelope.objects.exists()
        assert not NeededFile.objects.exists()

    def all_is_there(self):
        answers = [one for box in self.outbox for one in box if one.verdict and not one.is_refused]
        firsts = sorted((one for one in answers if one.root is None), key=lambda one: (one.sent.payload["item"], one.order))
        others = {row.client_id: row for row in OtherAnswer.objects.all()}
        results = {row.client_id: row for row in CheckResult.objects.select_related("item")}
        for _, group in groupby(firsts, key=lambda one: one.sent.payload["item"]):
            counted, *beside = group
            self.is_as_said(results.pop(counted.sent.id), counted, answers)
            for one in beside:
                self.is_as_said(others.pop(one.sent.id), one, answers)
        assert (results, others) == ({}, {})
        people = {one.person for one in firsts}
        assert sorted(Visit.objects.values_list("inspector_id", flat=True)) == sorted(people)
        finishes = [one for box in self.outbox for one in box if one.sent.kind == "inspections.finish"]
        assert (InspectionTask.objects.get(pk=self.task.pk).state == "done") == bool(finishes)

    def is_as_said(self, row, one, answers):
        changes = [change for change in answers if change.root is one]
        last = max(changes, key=lambda change: change.order, default=one)
        severity = Grade.MAJOR if last.verdict == "fail" else row.severity
        assert (row.verdict, row.severity, row.note) == (WORDS[last.verdict], severity, last.sent.payload["note"])
        assert (row.at, row.inspector_id, row.visit.inspector_id) == (one.at, one.person, one.person)
        records = set(
            Envelope.objects.filter(pk__in=[one.sent.id, *(change.sent.id for change in changes)]).values_list("record")
        )
        assert records == {(row.code,)}
        photos = set().union(one.photos, *(change.photos for change in changes))
        if isinstance(row, OtherAnswer):
            assert sorted(each.file.sha256 for each in attachments_of(row)) == sorted(HASHES[number] for number in photos)
            return
        hung = sorted(CheckPhoto.objects.filter(check_result=row).values_list("file__sha256", flat=True))
        assert (hung, row.photo_count) == (sorted(HASHES[number] for number in photos), len(photos))
        states = list(Finding.objects.filter(check_result=row).exclude(state="withdrawn").values_list("severity", flat=True))
        assert states == ([Grade.MAJOR] if last.verdict == "fail" else [])
