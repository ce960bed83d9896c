"""The whole filtered list as a file."""

import tempfile
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify

from duban.kernel.errors import Invalid
from duban.kernel.text import mark
from duban.platform.sheets.writers import csv_lines, write_xlsx
from duban.platform.ui.listing.declaration import Declaration
from duban.platform.ui.listing.paging import ordered
from duban.platform.ui.listing.state import ListState

CHUNK = 2000
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPOOLED_UP_TO = 4 * 1024 * 1024


def download(listing: Declaration, rows: QuerySet[Any], state: ListState) -> HttpResponseBase:
    """Stream every row that fits, in the order of the page. `Invalid` above `DUBAN_EXPORT_ROW_LIMIT` rows."""
    limit = settings.DUBAN_EXPORT_ROW_LIMIT
    if rows.order_by()[: limit + 1].count() > limit:
        message = mark("The list has more than {limit} rows. Narrow it with a filter, then export again.")
        raise Invalid(message, limit=f"{limit:,}")
    columns = [column.sheet_column for column in listing.columns]
    values = _values(listing, ordered(rows, state.order))
    name = f"{slugify(listing.name.replace('.', '-'))}-{timezone.localdate()}.{state.export}"
    if state.export == "csv":
        response: HttpResponseBase = StreamingHttpResponse(csv_lines(columns, values), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    stream = tempfile.SpooledTemporaryFile(max_size=SPOOLED_UP_TO)  # noqa: SIM115 - the response closes it
    write_xlsx(stream, columns, values)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=name, content_type=XLSX_TYPE)


def _values(listing: Declaration, rows: QuerySet[Any]) -> Iterator[list[object]]:
    for row in rows.iterator(chunk_size=CHUNK):
        yield [column.file_value(row) for column in listing.columns]
