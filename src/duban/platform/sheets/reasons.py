"""Why a file is refused before any of its cells is read."""

from duban.kernel.text import mark
from duban.platform.sheets.problems import Reason

EMPTY_FILE = Reason(mark("The file is empty."), mark("Fill in the template and save it before uploading."))
TOO_LARGE = Reason(
    mark("The file is larger than {limit} MB."), mark("Split it into several files and import them one after another.")
)
TOO_MANY_ROWS = Reason(
    mark("The file has more than {limit} rows."), mark("Split it into several files and import them one after another.")
)
TOO_WIDE = Reason(
    mark("The sheet reaches as far as cell {cell}, much further than the columns of this import."),
    mark("Delete everything to the right of and below the data, or copy the data into a fresh template."),
)
NOT_A_TABLE = Reason(
    mark("The file is neither an Excel workbook nor a text in UTF-8 or GBK."),
    mark("Save it from Excel as .xlsx or as CSV and upload that file."),
)
DAMAGED = Reason(
    mark("The workbook cannot be opened: it is damaged or protected by a password."),
    mark("Open it in Excel, remove the password, save it as .xlsx and try again."),
)
OTHER_FORMAT = Reason(mark("This kind of workbook is not read here."), mark("Save it as .xlsx and try again."))
SEVERAL_SHEETS = Reason(
    mark("More than one sheet holds rows: {sheets}."),
    mark("Keep the rows of one import on one sheet and delete the others; nothing is left out silently."),
)
BROKEN_CSV = Reason(
    mark("The text cannot be read as CSV near line {line}: a quotation mark is open or a cell is far too long."),
    mark("Check the quotation marks near that line, or save the table from Excel as .xlsx."),
)
