from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.kernel.errors import Invalid
from duban.platform.parameters.services import load_shipped_values
from duban.standards.domain.worker_gate import WorkerDuty
from duban.standards.selectors import require_licensed, worker_gates
from tests.factories.standards import LicenceRuleFactory
from tests.factories.vendors import make_credential, make_worker

DAY = date(2026, 11, 23)


@pytest.fixture
def rule(world):
    return LicenceRuleFactory(tenant=world.ours.root, certificate_kind="guard", holder="worker", source="L10 §16")


def test_who_may_stand_there(world, rule):
    licensed, bare, ended, rejected = (make_worker(world.ours.vendor, name) for name in ("王小明", "李四光", "赵六", "孙七"))
    make_credential(licensed)
    make_credential(ended, valid_until=date(2026, 11, 22))
    make_credential(rejected, state="rejected")
    duties = [WorkerDuty(worker.pk, DAY, "security") for worker in (licensed, bare, ended, rejected)]
    with CaptureQueriesContext(connection) as queries:
        gates = worker_gates(duties)
    assert len(queries) == 4
    assert [gates[duty].is_open for duty in duties] == [True, False, False, False]
    with pytest.raises(Invalid) as refused:
        require_licensed(duties)
    messages = [error.message.format(**error.params) for error in refused.value.errors]
    assert messages == [
        f"李** {bare.code}, 2026-11-23: “Security guard card” is missing (L10 §16).",
        f"赵* {ended.code}, 2026-11-23: “Security guard card” is not valid on that day (L10 §16).",
        f"孙* {rejected.code}, 2026-11-23: “Security guard card” is missing (L10 §16).",
    ]
    require_licensed(duties[:1])


def test_a_leaver_and_an_unknown_credential(world, rule):
    gone = make_worker(world.ours.vendor, left_on=date(2026, 11, 22))
    on_the_last_day = WorkerDuty(gone.pk, date(2026, 11, 22), "cleaning", credentials=("swim",))
    with pytest.raises(Invalid) as refused:
        require_licensed([WorkerDuty(gone.pk, DAY, "cleaning"), on_the_last_day])
    messages = [error.message.format(**error.params) for error in refused.value.errors]
    assert messages[0].endswith("does not work for the vendor on 2026-11-23.")
    assert messages[1].endswith("“swim” is missing (asked for by the post).")


def test_an_unverified_credential_counts_a_week(world, rule):
    worker = make_worker(world.ours.vendor)
    make_credential(worker, state="entered", entered_on=date(2026, 11, 16))
    today, tomorrow = (WorkerDuty(worker.pk, day, "security") for day in (DAY, date(2026, 11, 24)))
    assert not worker_gates([today])[today].is_open
    load_shipped_values()
    gates = worker_gates([today, tomorrow])
    assert [gates[today].is_open, gates[tomorrow].is_open] == [True, False]
