from duban.platform.sync.tasks import apply_waiting, forget_old_uploads


def test_upkeep_with_nothing_to_do(world):
    assert apply_waiting.call() == 0
    assert forget_old_uploads.call() == 0
