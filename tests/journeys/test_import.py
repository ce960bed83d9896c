"""A ledger from its template over its faults to the register."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.journeys.sides import sides
from tests.journeys.visitor import Visitor

HEADINGS = "统一社会信用代码,企业名称,简称,企业规模,服务专项"
SOUND = "91310000MA7XH0AA1Y,上海新晖保洁服务有限公司,新晖保洁,小型,保洁"
FAULTY = ("12345,上海晨光保洁服务有限公司,晨光保洁,小型,保洁", "91310000MA7XH0BB2Q,,晨露保洁,巨大,保洁")


@pytest.mark.parametrize("screen", sides("desktop", "phone"))
def test_a_ledger_is_checked_row_by_row_before_anything_is_saved(visit: Callable[..., Visitor], screen: str):
    admin = visit("admin", screen=screen)
    admin.menu("/settings/").follow("main a[href='/settings/imports/']")
    template = admin.download("main a[href='/settings/imports/template/vendors/']")
    sheets = CalamineWorkbook.from_filelike(BytesIO(template))
    headings = sheets.get_sheet_by_index(0).to_python()
    assert any("统一社会信用代码" in str(cell) for row in headings for cell in row)

    upload(admin, HEADINGS, SOUND, *FAULTY)
    problems = admin.page.locator("#problems tbody tr").all_inner_texts()
    assert len(problems) == 3
    for mark in ("12345", "企业名称", "巨大"):
        assert [mark in problem for problem in problems].count(True) == 1
    assert admin.page.locator("form[action$='/confirm/']").count() == 0

    admin.menu("/settings/").follow("main a[href='/settings/imports/']")
    upload(admin, HEADINGS, SOUND)
    admin.submit("form[action$='/confirm/'] button[type=submit]")
    admin.menu("/vendors/")
    admin.find(admin.page.locator("main tbody tr", has_text="新晖保洁"))


def upload(admin: Visitor, *lines: str) -> None:
    admin.page.locator("main select[name=kind]").select_option("vendors")
    ledger: Any = {"name": "供应商.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode("utf-8-sig")}
    admin.page.locator("main input[type=file]").set_input_files(ledger)
    admin.submit("main form[enctype] button[type=submit]")
    admin.page.wait_for_selector("#import-run progress", state="detached")
    admin.inspect()
