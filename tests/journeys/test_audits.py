"""A quality audit from its plan to the report, the vendor's answer, and the proof that the action works."""

from collections.abc import Callable

import pytest

from tests.journeys.sides import arrive, sides
from tests.journeys.visitor import Visitor

Visit = Callable[..., Visitor]
AUDITS = "/inspections/audits/"
BUTTON = "form.form button[type=submit]"
SIDES = sides(("desktop", "zh-hans"), ("phone", "en"))


def fill(visitor: Visitor, **values: str) -> None:
    """Write into the fields of the form on the page; a choice is made by its words."""
    for name, value in values.items():
        field = visitor.page.locator(f"#id_{name}")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


@pytest.mark.parametrize(("screen", "language"), SIDES)
def test_an_auditor_reads_the_year_and_its_reports(visit: Visit, screen: str, language: str):
    auditor = arrive(visit, "auditor", screen, language)
    auditor.menu("/inspections/").follow(f"a[href='{AUDITS}']").open(f"{AUDITS}?year=2026")
    auditor.follow("main a:has-text('保洁服务质量审核：翠湖花园')")
    assert auditor.page.locator("main tbody tr").count() == 5
    assert auditor.download(f"a[href$='/report/{'en' if language == 'en' else 'zh'}/']").startswith(b"%PDF-")
    assert auditor.page.locator("a[href$='/edit/'], a[href$='/findings/new/']").count() == 0
    auditor.follow("main tbody tr:first-of-type a")
    assert auditor.page.locator("a[data-photo] img").count() == 1
    assert auditor.page.locator("form[action*='/verify/']").count() == 0


def test_an_audit_is_carried_out_answered_and_verified(visit: Visit):
    quality = arrive(visit, "quality")
    quality.open(f"{AUDITS}new/?year=2026")
    line = quality.page.locator("#id_lines option", has_text="洁达环境").first.inner_text()
    fill(quality, title="耗材专项审核", objective="核验耗材用量", starts_on="2026-11-02", ends_on="2026-11-03", lines=line)
    fill(quality, criteria="合同附件三", lead="周敏", members="胡杰")
    quality.submit(BUTTON)
    audit = quality.path
    meet(quality, audit, "opening", "2026-11-02T09:00")
    quality.open(f"{audit}findings/new/")
    fill(quality, statement="耗材领用无签认", evidence="查领用单 9 份", criterion="附件三 3.2", line=line, due_on="2026-12-20")
    quality.page.locator("#id_grade").select_option(value="minor")
    quality.submit(BUTTON)
    meet(quality, audit, "closing", "2026-11-03T16:00")
    quality.open(f"{audit}report/")
    fill(quality, conclusion="基本符合")
    quality.submit(BUTTON)
    finding = quality.page.locator("main tbody a").first.get_attribute("href") or ""
    vendor = arrive(visit, "jieda", "phone")
    vendor.open(finding)
    fill(vendor, cause="夜间领用", action="改为每周一签认", planned_on="2026-12-10")
    vendor.submit("form[action$='/answer/'] button[type=submit]")
    step(quality, finding, "accept")
    step(vendor, finding, "complete")
    step(quality, finding, "verify")
    quality.open(audit).submit("form[action$='/close/'] button")
    assert quality.page.locator("form[action$='/close/']").count() == 0


def meet(quality: Visitor, audit: str, kind: str, held_at: str) -> None:
    """Write a meeting down; the audit goes on with it."""
    quality.open(f"{audit}meetings/{kind}/")
    fill(quality, held_at=held_at, place="会议室", attendees="周敏，品质经理\n王建国，经理", minutes="说明范围与安排")
    quality.submit(BUTTON)
    assert quality.path == audit


def step(visitor: Visitor, finding: str, move: str) -> None:
    """One step of the follow-up, with what was seen."""
    visitor.open(finding)
    fill(visitor, note="已核对")
    visitor.submit(f"button[formaction$='/{move}/']")
