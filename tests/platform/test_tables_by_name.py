from django.conf import settings

from duban.platform.tables_by_name import wired
from duban.project.rights import RIGHTS


def test_table_is_reached_by_the_setting_that_names_it():
    assert wired("DUBAN_RIGHTS") is RIGHTS


def test_every_table_a_setting_names_is_there():
    names = [name for name in dir(settings) if name.startswith("DUBAN_") and str(getattr(settings, name)).startswith("duban.")]
    assert len(names) > len(("DUBAN_LISTENERS", "DUBAN_RIGHTS"))
    assert all(wired(name) is not None for name in names)
