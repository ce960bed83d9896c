from duban.vendors.selectors.worker_imports import worker_keys
from tests.factories.vendors import make_worker


def test_a_name_that_two_share_is_not_guessed(world, actor):
    first, second = make_worker(world.ours.vendor), make_worker(world.ours.vendor)
    only = make_worker(world.ours.vendor, "李四")
    vendor = world.ours.vendor.short_name
    codes = {
        (vendor, "王小明"),
        (vendor, first.code),
        (vendor, "李四"),
        (vendor, "赵六"),
        (world.ours.rival.short_name, second.code),
    }
    assert worker_keys(codes, actor=actor("vendor_manager")) == {(vendor, first.code): first.pk, (vendor, "李四"): only.pk}
