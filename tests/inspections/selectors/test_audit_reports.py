import json
from pathlib import Path

import pytest

from duban.inspections.domain.audits import AuditGrade
from duban.inspections.models import Audit
from duban.inspections.selectors import audit_reports
from duban.inspections.selectors.audit_reports import audit_pdf
from duban.inspections.selectors.audits import audit_get, audit_page
from duban.inspections.services import audit_finding_change, audit_finding_move, audit_issue
from duban.kernel.errors import NotFound, WrongState
from duban.platform.files.services import attach, store_file
from tests.factories.audits import finding_entry, make_audit, make_audit_finding, note, stored
from tests.factories.inspections import make_line, make_place
from tests.inspections.test_services import photo

SHEET = b"a,b\n1,2\n"


@pytest.fixture
def line(world):
    return make_line(world.ours)


@pytest.fixture
def papers(monkeypatch):
    """What would be set, with the names of the pictures that lie beside it."""
    seen = []

    def kept(template, **_options):
        folder = Path(template).parent
        content = json.loads((folder / "content.json").read_text(encoding="utf-8"))
        seen.append((content, {path.name for path in folder.glob("*.jpg")}))
        return b"%PDF-1.7"

    monkeypatch.setattr(audit_reports.typst, "compile", kept)
    monkeypatch.setattr(audit_reports, "fonts_folder", lambda: ".")
    return seen


def page_of(actor, audit):
    return audit_page(actor, audit_get(actor, audit.code))


def test_the_report_says_everything_in_both_languages(actor, line, world, papers):
    manager, place = actor("quality_manager"), make_place(world.ours.estate, "2 号楼")
    audit = make_audit(world.ours, line, state="reporting")
    first = audit.findings.get()
    entry = finding_entry(line, place_id=place.pk, criterion="合同 4.2")
    audit_finding_change(actor=manager, finding=first, entry=entry, uploads=[photo()])
    attach(actor=manager, target=first, file=store_file(actor=manager, source=SHEET, name="记录.csv"), name="记录.csv")
    assert audit_pdf(manager, page_of(manager, audit), "zh").startswith(b"%PDF")
    draft, pictures = papers.pop()
    assert (draft["title"], draft["draft"], len(draft["sections"])) == ("审核报告", "草稿", 3)
    [found] = draft["findings"]
    assert set(found["pictures"]) == pictures
    assert [name.split(" · ")[0] for name in found["files"]] == ["a.jpg", "记录.csv"]
    assert (found["grade"], found["tone"]) == ("轻微不符合", "minor")
    assert found["where"].endswith("2 号楼")
    assert found["criterion"].endswith("合同 4.2")
    audit_issue(actor=manager, audit=audit, conclusion="基本符合")
    audit_pdf(manager, page_of(manager, audit), "en")
    final, _pictures = papers.pop()
    assert (final["title"], final["draft"], final["sections"][-1]) == ("Audit report", "", ["Conclusion", "基本符合"])
    assert [meeting["name"] for meeting in final["meetings"]] == ["Opening meeting", "Closing meeting"]
    assert final["follow"] == [["1", final["follow"][0][1], "2026-12-15", "To be answered", "–"]]
    assert final["facts"][5] == ["Audit team", world.person("auditor").name]


def test_the_follow_up_names_the_day_of_verification(actor, line, world, papers):
    manager = actor("quality_manager")
    finding = make_audit_finding(world.ours, line, state="done")
    audit_finding_move(actor=manager, finding=stored(finding), move="verify", note="合格")
    audit_pdf(manager, page_of(manager, finding.audit), "en")
    assert papers[0][0]["follow"][0][3:] == ["Verified effective", "2026-11-23"]


def test_a_vendor_gets_its_own_findings_and_no_minutes(actor, line, world, papers):
    tenant = world.ours
    audit = make_audit(tenant, line, state="reporting", unit_ids=(tenant.project_two.pk,))
    note(tenant, audit, line, line_id=None, unit_id=tenant.project_two.pk)
    note(tenant, audit, line, line_id=None, item_id=None, grade=AuditGrade.STRENGTH, due_on=None)
    audit_issue(actor=actor("quality_manager"), audit=audit, conclusion="符合")
    audit_pdf(actor("vendor_manager"), page_of(actor("vendor_manager"), audit), "zh")
    vendor = papers.pop()[0]
    assert (len(vendor["findings"]), vendor["meetings"], vendor["facts"][5][1]) == (1, [], "–")
    audit_pdf(actor("auditor"), page_of(actor("auditor"), audit), "zh")
    whole = papers.pop()[0]
    assert len(whole["findings"]) == 3
    assert (whole["findings"][2]["where"], whole["findings"][2]["criterion"]) == ("", "")
    assert tenant.project_two.name in whole["sections"][1][1]


def test_there_is_no_report_before_the_closing_meeting_and_in_no_other_language(actor, line, world):
    manager = actor("quality_manager")
    planned = make_audit(world.ours, line, criteria="合同第 4 条", member_ids=())
    with pytest.raises(WrongState):
        audit_pdf(manager, page_of(manager, planned), "zh")
    with pytest.raises(NotFound):
        audit_pdf(manager, page_of(manager, planned), "fr")


def test_the_report_is_really_set(actor, line, world):
    manager = actor("quality_manager")
    finding = make_audit_finding(world.ours, line)
    attach(actor=manager, target=finding, file=store_file(actor=manager, source=photo()), name="现场.jpg")
    for language in ("zh", "en"):
        assert audit_pdf(manager, page_of(manager, finding.audit), language).startswith(b"%PDF")
    finding.audit.findings.update(state="withdrawn", due_on=None)
    assert audit_pdf(manager, page_of(manager, Audit.objects.get()), "zh").startswith(b"%PDF")
