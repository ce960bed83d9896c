from datetime import date

import pytest

from duban.inspections.models import CheckPhoto, CheckResult, Reinspection, Visit
from duban.inspections.selectors import finding_board, finding_get, finding_page, findings_chosen, owner_options, result_list
from duban.inspections.selectors.findings import person_of
from duban.inspections.services import add_finding_photos, finding_recheck, finding_reply
from duban.kernel.errors import NotFound
from duban.platform.files.services import store_file
from tests.factories.inspections import make_finding, make_line, make_place, make_result
from tests.inspections.test_services import photo


@pytest.fixture
def line(world):
    return make_line(world.ours)


def test_chosen_findings_come_whole_or_not_at_all(actor, world, line):
    mine = [make_finding(line), make_finding(line, item=1)]
    other = make_finding(make_line(world.theirs))
    codes = [row.code for row in mine]
    assert findings_chosen(actor("quality_manager"), [*codes, codes[0]]) == mine
    with pytest.raises(NotFound):
        findings_chosen(actor("quality_manager"), [*codes, other.code])


def test_the_board_shows_the_first_picture_of_each_finding(actor, line):
    with_photos, without = make_finding(line), make_finding(line, item=1)
    result = with_photos.check_result
    for colour in ("red", "blue"):
        file = store_file(actor=actor("quality_manager"), source=photo(colour=colour))
        CheckPhoto.objects.create(check_result=result, file=file)
    result.photo_count = 2
    result.save(update_fields=["photo_count"])
    column = finding_board(actor("quality_manager"))[0]
    assert set(column.findings) == {with_photos, without}
    assert list(column.photos) == [with_photos.pk]
    assert column.photos[with_photos.pk].caption.startswith(result.code)


def test_who_checks_again_blind_finds_nothing_on_the_board(actor, world, line):
    visit = Visit.objects.create(line=line, day=date(2026, 10, 5))
    finding = make_finding(line)
    CheckResult.objects.filter(pk=finding.check_result_id).update(visit=visit)
    second = world.person("quality_inspector")
    Reinspection.objects.create(visit=visit, inspector=second, seed="1", due_on=date(2026, 11, 30))
    counts = {role: finding_board(actor(role))[0].count for role in ("quality_inspector", "quality_manager")}
    assert counts == {"quality_inspector": 0, "quality_manager": 1}


def test_the_page_keeps_pictures_before_after_and_of_the_recheck_apart(actor, line):
    finding = make_finding(line)
    finding_reply(actor=actor("vendor_foreman"), finding=finding, cause="漏扫", action="已补扫", uploads=[photo()])
    finding_recheck(
        actor=actor("quality_manager"), finding=finding, is_accepted=False, note="仍有灰", uploads=[photo(colour="blue")]
    )
    page = finding_page(actor("quality_manager"), finding_get(actor("quality_manager"), finding.code))
    assert (len(page.before), len(page.after), len(page.recheck), len(page.replies)) == (0, 1, 1, 1)
    add_finding_photos(actor=actor("vendor_foreman"), finding=page.finding, uploads=[photo(colour="green")])
    assert len(finding_page(actor("vendor_foreman"), page.finding).after) == 2


def test_a_vendor_reads_only_its_own_name_as_owner(actor, world, line):
    finding = make_finding(line, owner=world.person("vendor_foreman"))
    owners = {
        role: finding_page(actor(role), finding_get(actor(role), finding.code)).owner
        for role in ("quality_manager", "vendor_foreman", "vendor_manager")
    }
    name = world.person("vendor_foreman").name
    assert owners == {"quality_manager": name, "vendor_foreman": name, "vendor_manager": ""}


def test_an_owner_must_be_able_to_own_all_that_is_chosen(world, line):
    ours, rival = make_finding(line), make_finding(make_line(world.ours, vendor=world.ours.rival))
    both, one = owner_options([ours, rival]), owner_options([ours])
    assert world.person("vendor_foreman").pk in one
    assert world.person("vendor_foreman").pk not in both
    assert world.person("quality_inspector").pk in both
    assert owner_options([]) == {}
    assert person_of(world.person("finance").pk) == world.person("finance")


def test_results_are_the_same_by_few_lines_and_by_many(actor, world):
    place = make_place(world.ours.estate, "11栋")
    results = [make_result(make_line(world.ours), place=place, day=date(2026, 10, day)) for day in range(1, 11)]
    make_result(make_line(world.theirs))
    auditor = actor("auditor")
    assert set(result_list(auditor)) == set(results)
    results.append(make_result(make_line(world.ours)))
    assert set(result_list(auditor)) == set(results)
