"""Every importer and exporter of the wiring table is sound before anybody uses it."""

from io import BytesIO

import pytest
from django.utils.module_loading import import_string

from duban.platform.exports.exporter import Exporter
from duban.platform.exports.selectors import exporters
from duban.platform.imports import Importer, Reference
from duban.platform.imports.selectors import importers
from duban.platform.imports.services import write_template


@pytest.mark.parametrize("importer", importers(), ids=lambda importer: importer.kind)
class TestImporter:
    def test_every_path_leads_to_a_function(self, importer: Importer) -> None:
        references = [column for column in importer.columns if isinstance(column, Reference)]
        paths = [
            importer.save,
            importer.check,
            *(path for column in references for path in (column.lookup, column.choose_from)),
        ]
        assert [path for path in paths if path and not callable(import_string(path))] == []

    def test_no_heading_means_two_columns(self, importer: Importer) -> None:
        names = [name for column in importer.columns for name in column.names]
        assert sorted({name for name in names if names.count(name) > 1}) == []

    def test_keys_named_are_columns(self, importer: Importer) -> None:
        named = {key for keys in importer.unique for key in keys}
        named |= {key for column in importer.columns if isinstance(column, Reference) for key in column.also}
        assert sorted(named - set(importer.by_key)) == []

    def test_examples_are_accepted_by_their_own_columns(self, importer: Importer) -> None:
        assert [column.key for column in importer.columns if column.required and not column.example] == []
        for column in importer.columns:
            if column.example:
                column.parse(column.example)

    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    def test_template_can_be_written(self, importer: Importer, language: str) -> None:
        stream = BytesIO()
        write_template(importer.kind, stream, language=language)
        assert stream.tell() > 0


def test_kinds_are_unique() -> None:
    for kinds in ([item.kind for item in importers()], [item.kind for item in exporters()]):
        assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("exporter", exporters(), ids=lambda exporter: exporter.kind)
def test_exporter_has_rows_and_columns(exporter: Exporter) -> None:
    assert callable(import_string(exporter.rows))
    assert exporter.columns
