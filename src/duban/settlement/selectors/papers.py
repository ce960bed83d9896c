"""A statement as PDF, as workbook, as a case anybody can recompute, and its trace in words."""

import io
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst
import xlsxwriter
from django.utils.translation import gettext
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from duban.kernel.errors import DomainError
from duban.kernel.text import mark
from duban.platform.sheets.defuse import defuse
from duban.platform.ui import formatting
from duban.settlement.models import Statement
from duban.settlement.selectors.statement_page import StatementPage
from duban.settlement.selectors.wording import filled, line_label

REGULAR_FONT = "NotoSansSC_400Regular.ttf"


class FontMissing(DomainError):
    """The Chinese fonts are laid beside the assets when those are built; without them a PDF would be empty boxes."""

    status = 503
    default_message = mark("The fonts for documents are not installed. Run “make setup” once and try again.")


@dataclass(frozen=True)
class TraceRow:
    """One step of the computation in words."""

    label: str
    rule: str
    inputs: str
    result: str


def trace_rows(statement: Statement) -> list[TraceRow]:
    """The stored trace in the reader's language; the first steps are the lines, in their order."""
    labels = [line_label(line) for line in statement.lines.all()]
    rows = []
    for position, step in enumerate(statement.trace):
        label = labels[position] if position < len(labels) else filled(step["label"], step["inputs"])
        inputs = ", ".join(f"{name} = {value}" for name, value in step["inputs"].items())
        rows.append(TraceRow(label, filled(step["rule"], step["inputs"]), inputs, step["result"]))
    return rows


def recompute_case(statement: Statement) -> dict[str, object]:
    """What `duban calc statement` takes to come to the same figures without us."""
    return {"terms": statement.terms, "period": statement.period_code, "inputs": statement.inputs}


def pdf_of(page: StatementPage) -> bytes:
    """The statement as PDF in the reader's language, set in our own fonts. Raises `FontMissing`."""
    template = str(Path(str(files("duban.settlement"))) / "data" / "statement.typ")
    content = json.dumps(_paper(page), ensure_ascii=False)
    return typst.compile(template, font_paths=[str(_font_folder())], ignore_system_fonts=True, sys_inputs={"content": content})


def workbook_of(page: StatementPage) -> bytes:
    """The statement as workbook: the lines with their sum as a formula, and the trace."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    heading = book.add_format({"bold": True, "bg_color": "#EEF2F6", "bottom": 1})
    money = book.add_format({"num_format": "#,##0.00"})
    total = book.add_format({"num_format": "#,##0.00", "bold": True, "top": 1})
    _lines_sheet(book.add_worksheet(gettext("Statement")), page, heading, money, total)
    _trace_sheet(book.add_worksheet(gettext("Trace")), page.statement, heading)
    book.close()
    return stream.getvalue()


def _lines_sheet(sheet: Worksheet, page: StatementPage, heading: Format, money: Format, total: Format) -> None:
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 2, 24)
    sheet.set_column(3, 4, 18)
    sheet.write_string(0, 0, page.title)
    sheet.write_string(1, 0, page.subtitle)
    heads = [gettext("Item"), gettext("Basis"), gettext("Evidence"), gettext("Amount"), gettext("Vendor")]
    for column, text in enumerate(heads):
        sheet.write_string(3, column, text, heading)
    for row, line in enumerate(page.lines, start=4):
        for column, text in enumerate((line.label, line.clause, line.evidence)):
            sheet.write_string(row, column, defuse(text))
        sheet.write_number(row, 3, float(line.line.amount), money)
        sheet.write_string(row, 4, line.answer.label if line.answer else "")
    last = 4 + len(page.lines)
    sheet.write_string(last, 0, gettext("Payable"), total)
    sheet.write_formula(last, 3, f"=SUM(D5:D{last})", total, float(page.statement.payable_amount))


def _trace_sheet(sheet: Worksheet, statement: Statement, heading: Format) -> None:
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 2, 40)
    for column, text in enumerate([gettext("Step"), gettext("Rule"), gettext("Inputs"), gettext("Amount")]):
        sheet.write_string(0, column, text, heading)
    for row, step in enumerate(trace_rows(statement), start=1):
        for column, text in enumerate((step.label, step.rule, step.inputs, step.result)):
            sheet.write_string(row, column, defuse(text))


def _paper(page: StatementPage) -> dict[str, object]:
    """Everything the paper says, as words."""
    statement, clock = page.statement, page.clock
    facts = [
        (gettext("Statement"), statement.code),
        (gettext("Contract"), f"{statement.contract.code} {statement.contract.title}"),
        (gettext("Vendor"), statement.contract.vendor.name),
        (gettext("Settled period"), f"{formatting.day(statement.starts_on)} – {formatting.day(statement.ends_on)}"),
        (gettext("State"), page.badge.label),
        (gettext("Answer by"), formatting.day(statement.answer_until)),
        (gettext("Due at the latest"), formatting.day(clock.due_on)),
    ]
    sums = [
        (gettext("Fee"), statement.fee_amount),
        (gettext("Deductions"), -statement.deduction_amount),
        (gettext("Retention"), -statement.retention_amount),
        (gettext("Under appeal"), statement.disputed_amount),
    ]
    return {
        "title": page.title,
        "subtitle": page.subtitle,
        "heads": [gettext("Item"), gettext("Basis"), gettext("Evidence"), gettext("Amount"), gettext("Vendor")],
        "facts": [[name, value] for name, value in facts],
        "lines": [
            [row.label, row.clause, row.evidence, formatting.money(row.line.amount), row.answer.label if row.answer else "–"]
            for row in page.lines
        ],
        "sums": [[name, formatting.money(amount)] for name, amount in sums],
        "payable": [gettext("Payable"), formatting.money(statement.payable_amount, statement.contract.currency)],
        "signatures": [gettext("For the property company"), gettext("For the vendor"), gettext("Date")],
        "note": gettext("Every figure can be recomputed from the case file of this statement. Rounded half up to the fen."),
    }


@cache
def _font_folder() -> Path:
    folder = Path(str(files("duban.platform.ui"))) / "fonts"
    if not (folder / REGULAR_FONT).is_file():
        raise FontMissing
    return folder
