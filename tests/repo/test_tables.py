"""The tables everything is drawn from are sound: lifecycles, rights, events, jobs, wiring."""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import is_dataclass

import pytest
from django.apps import apps
from django.utils.module_loading import import_string

import duban
from duban.kernel.metrics import MetricFact
from duban.kernel.states import StateTable
from duban.orgs.domain.roles import Role
from duban.platform.records import Record, ScopedModel, StatefulRecord
from duban.project import rights, wiring


def modules(ending):
    """Modules of the package whose name ends like this, imported."""
    return [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(duban.__path__, "duban.")
        if found.name.endswith(ending)
    ]


STATE_TABLES = [
    value for module in modules(".domain.states") for value in vars(module).values() if isinstance(value, StateTable)
]
EVENTS = [
    value
    for module in [*modules(".domain.events"), importlib.import_module("duban.kernel.metrics")]
    for value in vars(module).values()
    if isinstance(value, type) and is_dataclass(value) and value.__module__ == module.__name__ and value is not MetricFact
]
ALL_CODES = set().union(*rights.RIGHTS.values())


@pytest.mark.parametrize("table", STATE_TABLES, ids=lambda table: table.name)
def test_lifecycle_is_sound(table):
    assert table.problems() == []
    assert {move.permission for move in table.moves if move.permission} - ALL_CODES == set()


def test_lifecycles_have_different_names():
    names = [table.name for table in STATE_TABLES]
    assert sorted(names) == sorted(set(names))


def test_every_stateful_record_has_a_checked_lifecycle():
    for model in apps.get_models():
        if issubclass(model, StatefulRecord):
            assert model.STATES in STATE_TABLES
            assert any("state" in constraint.name for constraint in model._meta.constraints), model


def test_every_role_has_its_line_in_the_table_of_rights():
    assert set(rights.RIGHTS) == set(Role)


def test_codes_of_the_apps_are_in_the_table_of_rights():
    for module in modules(".permissions"):
        for value in vars(module).values():
            if isinstance(value, type) and value.__module__ == module.__name__ and hasattr(value, "__members__"):
                assert {str(code) for code in value} - ALL_CODES == set(), module.__name__


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_every_event_has_its_line_in_the_wiring(event):
    assert event in wiring.LISTENERS
    assert event.__doc__


def test_listeners_exist():
    for listeners in wiring.LISTENERS.values():
        for listener in listeners:
            assert callable(import_string(listener.path)), listener.path


def test_periodic_jobs_exist():
    names = [job.name for job in wiring.PERIODIC_JOBS]
    assert sorted(names) == sorted(set(names))
    for job in wiring.PERIODIC_JOBS:
        assert hasattr(import_string(job.task), "enqueue"), job.task


@pytest.mark.parametrize("table", ["IMPORTS", "EXPORTS", "SEARCH"])
def test_wired_paths_exist(table):
    for path in getattr(wiring, table):
        assert import_string(path) is not None, path


def test_evidence_offers_facts_and_occurrences():
    for path in wiring.EVIDENCE:
        module = importlib.import_module(path)
        assert callable(module.metric_facts)
        assert callable(module.occurrences)


def test_panels_exist():
    assert isinstance(wiring.PANELS, Mapping)
    for paths in wiring.PANELS.values():
        for path in paths:
            assert callable(import_string(path)), path


def test_codes_tell_kinds_of_records_apart():
    prefixes = [model.CODE_PREFIX for model in apps.get_models() if issubclass(model, Record)]
    assert sorted(prefixes) == sorted(set(prefixes))


def test_every_scoped_model_says_its_scope():
    scoped = [model for model in apps.get_models() if issubclass(model, ScopedModel)]
    assert [model._meta.label for model in scoped if model.audit_scope is ScopedModel.audit_scope] == []
