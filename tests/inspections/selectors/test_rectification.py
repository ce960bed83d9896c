from datetime import UTC, datetime, timedelta

import pytest

from duban.inspections.models import CheckPhoto, NoticeFinding
from duban.inspections.selectors import rectification
from duban.inspections.selectors.rectification import (
    link_get,
    notice_get,
    notice_list,
    notice_page,
    notice_pdf,
    open_findings_of,
    open_photo,
)
from duban.inspections.services import finding_reply, link_make, notices_issue
from duban.kernel.errors import NotAllowed, NotFound
from duban.platform.files.services import store_file
from tests.factories.inspections import make_finding, make_line, make_place
from tests.inspections.test_services import photo

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture
def line(world):
    return make_line(world.ours)


@pytest.fixture
def findings(world, line):
    floor = make_place(world.ours.estate, "18层", make_place(world.ours.estate, "11栋"))
    return [
        make_finding(line, place=floor, text="有灰", due_at=NOW + timedelta(days=1)),
        make_finding(line, item=1),
        make_finding(line, item=2, place=floor.parent),
    ]


@pytest.fixture
def notice(actor, findings):
    return notices_issue(actor=actor("quality_manager"), findings=findings)[0]


def test_a_list_counts_the_findings_of_each_notice(actor, notice):
    row = notice_list(actor("vendor_manager")).get()
    assert (row, row.finding_count) == (notice, 3)
    assert list(notice_list(actor("rival_manager"))) == []
    with pytest.raises(NotAllowed):
        notice_list(actor("vendor_worker"))


def test_only_who_checks_sees_links(actor, notice):
    link, _ = link_make(actor=actor("quality_manager"), notice=notice, recipient="王班长")
    office, vendor = (
        notice_page(actor(role), notice_get(actor(role), notice.code)) for role in ("quality_manager", "vendor_manager")
    )
    assert (office.links, office.can_edit) == ((link,), True)
    assert (vendor.links, vendor.can_edit) == ((), False)
    assert [str(entry).rpartition("/")[2] for entry in NoticeFinding.objects.all()] == ["1", "2", "3"]
    assert "王班长" in str(link)


def test_a_link_is_found_at_its_own_notice_only(actor, world, notice):
    manager = actor("quality_manager")
    other = notices_issue(actor=manager, findings=[make_finding(make_line(world.ours))])[0]
    link, _ = link_make(actor=manager, notice=notice, recipient="王班长")
    assert link_get(manager, notice, link.pk) == link
    for wrong in ((manager, other), (actor("their quality_manager"), notice)):
        with pytest.raises(NotFound):
            link_get(*wrong, link.pk)


def test_the_holder_of_a_link_sees_findings_pictures_and_no_names(actor, notice, findings):
    before = store_file(actor=actor("quality_manager"), source=photo())
    CheckPhoto.objects.create(check_result=findings[0].check_result, file=before)
    finding_reply(
        actor=actor("vendor_foreman"), finding=findings[1], cause="灯坏", action="换灯", uploads=[photo(colour="blue")]
    )
    first, second, third = open_findings_of(notice)
    assert (first.code, first.place, first.text, first.before) == (findings[0].code, "11栋 18层", "有灰", (before.sha256,))
    assert (second.place, second.state, len(second.after), second.due_at) == ("", "rectified", 1, None)
    assert third.place == "11栋"
    assert open_photo(notice, before.sha256) == before
    assert open_photo(notice, second.after[0]).sha256 == second.after[0]


def test_a_picture_of_another_record_is_not_there(actor, notice):
    other = store_file(actor=actor("quality_manager"), source=photo(colour="green"))
    for sha in (other.sha256, "0" * 64):
        with pytest.raises(NotFound):
            open_photo(notice, sha)


def test_paper_carries_every_finding_and_never_money(actor, findings, monkeypatch):
    manager = actor("quality_manager")
    draft = notices_issue(actor=manager, findings=findings, is_sent=False)[0]
    pages = []
    monkeypatch.setattr(
        rectification.typst, "compile", lambda _file, **more: pages.append(more["sys_inputs"]["content"]) or b"%PDF"
    )
    monkeypatch.setattr(rectification, "fonts_folder", lambda: ".")
    assert notice_pdf(notice_page(manager, notice_get(manager, draft.code))) == b"%PDF"
    for word in (draft.code, "floors.handrail：有灰", "11栋 18层", "2026-11-24", "the calendar is not published"):
        assert word in pages[0]
    assert "CNY" not in pages[0]


def test_without_fonts_there_is_no_paper(monkeypatch, tmp_path):
    monkeypatch.setattr(rectification, "files", lambda _package: tmp_path)
    rectification.fonts_folder.cache_clear()
    with pytest.raises(rectification.FontMissing):
        rectification.fonts_folder()
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / rectification.REGULAR_FONT).touch()
    assert rectification.fonts_folder() == tmp_path / "fonts"
    rectification.fonts_folder.cache_clear()
