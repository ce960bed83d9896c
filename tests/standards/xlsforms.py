"""Workbooks of forms for tests."""

from io import BytesIO

from duban.kernel.actor import system_actor
from duban.platform.files.services import store_file
from duban.platform.sheets.writers import write_book

HEADINGS = ["type", "name", "label", "required", "relevant"]
CHOICES = [["list_name", "name", "label"], ["verdict", "pass", "合格"], ["verdict", "fail", "不合格"]]


def workbook(*survey):
    """The bytes of a workbook with these rows on `survey`, and the list `verdict`."""
    stream = BytesIO()
    write_book(stream, {"survey": [HEADINGS, *survey], "choices": CHOICES})
    return stream.getvalue()


def stored(*survey):
    """The same, taken in."""
    return store_file(actor=system_actor("/"), source=workbook(*survey), name="form.xlsx")


def asks(key, label="扶手"):
    """A row that asks for the verdict of an item."""
    return ["select_one verdict", key, label, "yes"]
