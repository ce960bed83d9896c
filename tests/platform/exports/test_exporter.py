"""What an exporter takes over from its importer."""

from duban.platform.exports.exporter import Exporter
from tests.platform.imports.estates import ESTATES

ROWS = "tests.platform.imports.estates.export_rows"


def test_an_exporter_goes_by_the_name_and_columns_of_its_importer():
    found = Exporter(rows=ROWS, importer=ESTATES)
    assert (found.kind, found.label, found.columns) == (ESTATES.kind, ESTATES.label, ESTATES.columns)
    own = Exporter(rows=ROWS, importer=ESTATES, kind="other")
    assert (own.kind, own.columns) == ("other", ESTATES.columns)


def test_an_exporter_of_its_own_needs_no_importer():
    assert Exporter(rows=ROWS, kind="x").columns == ()
