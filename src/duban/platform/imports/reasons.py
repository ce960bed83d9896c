"""Why a cell, a row or a table is refused, and what to do about it."""

from duban.kernel.text import mark
from duban.platform.sheets.problems import Reason

NO_HEADINGS = Reason(
    mark("No row of headings is found in the first {limit} rows."),
    mark("Put the headings of the template into one row above the data, such as: {expected}."),
)
NO_ROWS = Reason(mark("There are headings but no rows below them."), mark("Fill in at least one row."))
UNKNOWN_HEADING = Reason(
    mark("This heading is not known here."), mark("Delete the column or rename it; known are: {expected}.")
)
SIMILAR_HEADING = Reason(
    mark("This heading is not known here."), mark("Did you mean “{similar}”? Rename it, or delete the column.")
)
MISSING_HEADING = Reason(
    mark("The column “{heading}” is missing."), mark("Add a column with this heading; it needs a value in every row.")
)
DOUBLE_HEADING = Reason(mark("The column “{heading}” is there twice."), mark("Keep one of the two columns."))
UNNAMED_COLUMN = Reason(mark("There is a value in a column without heading."), mark("Give the column its heading or empty it."))
FORMULA = Reason(
    mark("The cell holds a formula, whose result may change after the import."),
    mark("Copy the column and paste it as values."),
)
ERROR_CELL = Reason(mark("The cell holds an error value of the spreadsheet."), mark("Correct the cell or empty it."))
MERGED = Reason(
    mark("The cells {range} are merged, so it is unclear which rows their value belongs to."),
    mark("Unmerge them and fill in every row."),
)
REQUIRED = Reason(mark("The cell is empty, but a value is needed."), mark("Fill it in, for example: {example}."))
TOO_LONG = Reason(mark("The text has {length} characters; at most {limit} are kept."), mark("Shorten it."))
ONE_LINE = Reason(mark("The text has several lines."), mark("Write it on one line."))
NOT_A_TEXT = Reason(
    mark("The cell holds a date, where a text is expected."), mark("Format the cell as text and write the value again.")
)
DIGITS_LOST = Reason(
    mark("The number is stored with more than 15 digits; the spreadsheet has already changed the last ones."),
    mark("Format the column as text and enter the number again."),
)
WRONG_PATTERN = Reason(mark("The value does not have the form that is needed here."), mark("Correct it: {help}"))
WRONG_CHECK_DIGIT = Reason(mark("The check digit of this number is wrong."), mark("Compare it with the original document."))
NOT_AN_INTEGER = Reason(mark("This is not a whole number."), mark("Write digits only, for example: {example}."))
NOT_A_NUMBER = Reason(mark("This is not a number."), mark("Write digits only, for example: {example}."))
TOO_MANY_DECIMALS = Reason(
    mark("The number has more than {places} decimals."),
    mark("Round it yourself; the import never rounds."),
)
TOO_SMALL = Reason(mark("The value is below the least allowed, {limit}."), mark("Correct the value."))
TOO_GREAT = Reason(mark("The value is above the greatest allowed, {limit}."), mark("Correct the value."))
NOT_A_DATE = Reason(mark("This is not a date."), mark("Write it as 2026-10-31."))
NOT_A_MOMENT = Reason(mark("This is not a date with a time."), mark("Write it as 2026-10-31 09:30."))
NOT_A_TIME = Reason(mark("This is not a time of day."), mark("Write it as 09:30."))
NOT_A_MONTH = Reason(mark("This is not a month."), mark("Write it as 2026-10."))
NOT_YES_NO = Reason(mark("This is neither yes nor no."), mark("Write 是 or 否, yes or no."))
NOT_A_CHOICE = Reason(mark("This value is not one of those allowed."), mark("Write one of: {choices}."))
UNKNOWN_CODE = Reason(
    mark("Nothing is recorded under this code, or it lies outside what you may see."),
    mark("Check the spelling, or record it first."),
)
DOUBLE_ROW = Reason(mark("The same {columns} already stands in row {first}."), mark("Keep one of the two rows."))
REFUSED = Reason(mark("The rows cannot be saved: {detail}"), mark("Correct the file and import it again; nothing was changed."))
CONFLICT = Reason(
    mark("The rows contradict something that is already stored ({detail})."),
    mark("Compare the file with the register, then import it again; nothing was changed."),
)
"""What the database itself refused: a rule that no check above caught, or a change made at the same moment."""
FAILED = Reason(
    mark("The import stopped because of a fault in the program. Nothing was changed."),
    mark("Try again; if it happens again, tell your administrator the number of the import."),
)
