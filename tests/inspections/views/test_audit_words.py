from duban.inspections.selectors.audits import audit_finding_get, audit_finding_page
from duban.inspections.views.audit_words import answer_facts, finding_header, steps_of
from tests.factories.audits import make_audit_finding
from tests.factories.inspections import make_line


def test_each_state_offers_its_steps_to_the_side_it_waits_for(actor, world):
    line = make_line(world.ours)
    wanted = {
        "answered": ("quality_manager", ["accept", "send_back"]),
        "accepted": ("vendor_manager", ["complete"]),
        "done": ("quality_manager", ["verify", "not_effective"]),
    }
    for state, (role, names) in wanted.items():
        finding = make_audit_finding(world.ours, line, state=state)
        page = audit_finding_page(actor(role), audit_finding_get(actor(role), finding.code))
        assert [step.name for step in steps_of(page)] == names
        other = actor("auditor")
        assert steps_of(audit_finding_page(other, audit_finding_get(other, finding.code))) == []


def test_the_head_offers_rectification_and_cancelling(actor, world):
    finding = make_audit_finding(world.ours, make_line(world.ours), state="done")
    manager = actor("quality_manager")
    page = audit_finding_page(manager, audit_finding_get(manager, finding.code))
    header = finding_header(manager, page)
    assert [action.label for action in header.actions] == ["Have it rectified", "Cancel the finding"]
    assert header.title == "1. Minor nonconformity"
    labels = [fact.label for fact in answer_facts(manager, page)]
    assert labels == [
        "Cause",
        "Put right at once",
        "What keeps it from coming back",
        "Done by",
        "Answered",
        "Reported as done",
    ]
