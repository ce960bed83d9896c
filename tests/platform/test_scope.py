from django.db.models import Q

from duban.orgs.models import Unit
from duban.platform.scope import record_is_visible, visible_record, within


def test_subtrees(world):
    units = Unit.objects.filter(within("path", (world.ours.city.path,)))
    assert set(units) == {world.ours.city, world.ours.project, world.ours.project_two}


def test_no_path_is_no_row(world):
    assert within("path", ()) == Q(pk__in=())
    assert not Unit.objects.filter(within("path", ())).exists()


def test_record_of_any_kind(world, actor):
    unit = world.ours.vendor.unit
    assert visible_record(actor("vendor_manager"), "orgs.unit", unit.pk) == unit
    assert not record_is_visible(actor("rival_manager"), "orgs.unit", unit.pk)
    assert not record_is_visible(actor("their finance"), "orgs.unit", unit.pk)


def test_kinds_without_scope_are_not_seen(world, actor):
    assert visible_record(actor("group_admin"), "platform.audithead", 1) is None
    assert visible_record(actor("group_admin"), "no.such", 1) is None
    assert visible_record(actor("group_admin"), "nonsense", 1) is None
