from datetime import date

import pytest

from duban.kernel.actor import system_actor
from duban.kernel.errors import NotAllowed
from duban.orgs.models import Unit
from duban.platform.audit.models import AuditEntry, AuditHead
from duban.platform.audit.selectors import ChainFault, TrailFilter, history, timeline_of, trail_page, verify_chains
from duban.platform.audit.services import audited, field_values, write_entry
from duban.platform.audit.wording import action_words, change_words, model_words


def write(actor, record, action="edit", changes=None, reason=""):
    return write_entry(actor=actor, record=record, action=action, changes=changes or {"name": ["a", "b"]}, reason=reason)


@pytest.fixture
def chain(world, actor):
    return [write(actor("finance"), world.ours.project, reason=f"{number}") for number in range(3)]


def test_entries_are_chained_per_tenant(world, actor, chain):
    other = write(actor("their finance"), world.theirs.project)
    assert [entry.sequence for entry in chain] == [1, 2, 3]
    assert [entry.previous_hash for entry in chain] == ["", chain[0].hash, chain[1].hash]
    assert (other.sequence, other.previous_hash) == (1, "")
    assert verify_chains() == (4, [])


def test_entry_says_who_when_how_and_what(world, actor, chain):
    entry = chain[0]
    assert (entry.person_id, entry.channel, entry.target_type, entry.target_code) == (
        world.person("finance").pk,
        "web",
        "orgs.unit",
        world.ours.project.code,
    )
    assert str(entry) == f"1 edit {world.ours.project.code}"


def test_altered_entry_is_found(world, chain):
    AuditEntry.objects.filter(pk=chain[1].pk).update(reason="forged")
    assert verify_chains() == (3, [ChainFault(world.ours.root.path, 2, "its content was altered")])


def test_altered_and_rehashed_entry_is_found(world, chain):
    from duban.platform.audit.services import entry_hash

    forged = chain[1]
    forged.reason = "forged"
    AuditEntry.objects.filter(pk=forged.pk).update(reason="forged", hash=entry_hash(forged))
    assert [fault.problem for fault in verify_chains()[1]] == ["does not continue the entry before it"]


def test_removed_entry_is_found(world, chain):
    AuditEntry.objects.filter(pk=chain[1].pk).delete()
    assert [fault.problem for fault in verify_chains()[1]] == ["entry 2 is missing", "does not continue the entry before it"]


def test_cut_off_end_is_found(world, chain):
    AuditEntry.objects.filter(pk=chain[2].pk).delete()
    assert [fault.problem for fault in verify_chains()[1]] == ["the end of the chain is missing or was replaced"]


def test_only_what_changed_is_entered(world, actor):
    unit = world.ours.project
    with audited(actor=actor("finance"), record=unit, action="edit"):
        unit.city = "苏州"
        unit.save()
    with audited(actor=actor("finance"), record=unit, action="edit"):
        unit.save()
    assert [entry.changes for entry in history(unit)] == [{"city": ["上海", "苏州"]}]


def test_new_record_is_entered_as_all_its_fields(world, actor):
    unit = Unit(parent=world.ours.city, kind="project", name="三", path=f"{world.ours.city.path}0/")
    with audited(actor=actor("finance"), record=unit, action="create"):
        unit.save()
    assert history(unit).get().changes["name"] == [None, "三"]


def test_failed_write_leaves_no_entry(world, actor):
    def fail():
        with audited(actor=actor("finance"), record=world.ours.project, action="edit"):
            world.ours.project.save()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (AuditEntry.objects.count(), AuditHead.objects.count()) == (0, 0)


def test_passwords_never_enter_the_trail(world):
    assert "password" not in field_values(world.person("finance"))


def test_system_writes_under_its_name(world):
    entry = write(system_actor(world.ours.root.path), world.ours.project)
    assert (entry.person_id, entry.actor_name, entry.channel) == (None, "Duban", "job")


# In words


def test_known_action_and_fields_in_words(world, actor, chain):
    entry = write(
        actor("finance"), world.ours.project, changes={"kind": ["city", "project"], "parent_id": [None, 3], "note": "x" * 200}
    )
    assert action_words(entry) == "edited"
    assert change_words(entry) == (
        ("Kind", "City company", "Project office"),
        ("note", "", "x" * 120 + "…"),
        ("parent", "", "3"),
    )


def test_move_of_a_lifecycle_in_words(world):
    from duban.contracts.models import Contract

    move = Contract.STATES.moves[0]
    entry = AuditEntry(action=move.name, target_type="contracts.contract", changes={"state": [min(move.sources), move.target]})
    assert action_words(entry) == move.label
    assert change_words(entry) == (("state", Contract.STATES.labels[min(move.sources)], Contract.STATES.labels[move.target]),)


def test_kind_of_record_that_is_gone():
    entry = AuditEntry(action="do_something", target_type="gone.thing", changes={"old_name": ["a", "b"]})
    assert (action_words(entry), model_words("gone.thing"), change_words(entry)) == (
        "do something",
        "gone.thing",
        (("old name", "a", "b"),),
    )


def test_timeline_is_newest_first(world, chain):
    entries = timeline_of(world.ours.project, length=2)
    assert [(entry.text, entry.actor) for entry in entries] == [
        ("edited：2", world.person("finance").name),
        ("edited：1", world.person("finance").name),
    ]


# The page


def test_trail_is_narrowed(world, actor, chain):
    write(actor("auditor"), world.ours.city, action="move")
    auditor = actor("auditor")

    def found(**narrowed):
        return [entry.sequence for entry in trail_page(auditor, TrailFilter(**narrowed)).entries]

    assert found() == [4, 3, 2, 1]
    assert found(action="move") == [4]
    assert found(code=world.ours.project.code.lower()) == [3, 2, 1]
    assert found(person="auditor") == [4]
    assert found(from_on=date(2026, 11, 23), until_on=date(2026, 11, 23)) == [4, 3, 2, 1]
    assert found(from_on=date(2026, 11, 24)) == found(until_on=date(2026, 11, 22)) == []


def test_trail_is_paged(world, actor, chain, monkeypatch):
    monkeypatch.setattr("duban.platform.audit.selectors.PAGE_SIZE", 2)
    page = trail_page(actor("auditor"), TrailFilter())
    assert [entry.sequence for entry in page.entries] == [3, 2]
    older = trail_page(actor("auditor"), TrailFilter(), older_than=int(page.older_than))
    assert ([entry.sequence for entry in older.entries], older.older_than) == ([1], "")


def test_trail_of_another_company_is_not_shown(world, actor, chain):
    assert trail_page(actor("their group_admin"), TrailFilter()).entries == ()
    with pytest.raises(NotAllowed):
        trail_page(actor("vendor_manager"), TrailFilter())


def test_trail_page(world, client_as, chain, monkeypatch):
    monkeypatch.setattr("duban.platform.audit.selectors.PAGE_SIZE", 2)
    client = client_as("auditor")
    text = client.get("/settings/audit/?person=finance").text
    assert world.ours.project.code in text
    assert "person=finance&amp;before=" in text
    assert "Nothing fits" in client.get("/settings/audit/?code=CT-1").text
    assert client.get("/settings/audit/?from_on=nonsense").status_code == 200


def test_trail_costs_the_same_however_long(world, client_as, actor, flat_queries):
    client = client_as("auditor")
    flat_queries.check(
        "audit.trail", visit=lambda: client.get("/settings/audit/"), add_row=lambda: write(actor("finance"), world.ours.project)
    )
