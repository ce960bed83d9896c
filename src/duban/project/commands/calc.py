"""`duban calc`: every pure core from JSON to JSON, so that anybody can recompute a figure without us."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TextIO

import click

from duban.inspections.domain import frequency_calc as rating
from duban.inspections.domain import sampling_calc as drawing
from duban.inspections.domain.calibration import calc as calibrating
from duban.kernel import trust_calc as trusting
from duban.kernel.errors import DomainError
from duban.scorecards.domain import calc as scoring
from duban.settlement.domain import calc as paying
from duban.settlement.domain import calc_schemas as paying_schemas


@dataclass(frozen=True)
class Core:
    """A pure core: its function and the JSON schemas of both ends."""

    calculate: Callable[[Mapping[str, object]], Mapping[str, object]]
    schema_in: Mapping[str, object]
    schema_out: Mapping[str, object]


CORES: Mapping[str, Core] = {
    "score": Core(scoring.calculate, scoring.SCHEMA_IN, scoring.SCHEMA_OUT),
    "statement": Core(paying.calculate_statement, paying_schemas.STATEMENT_IN, paying_schemas.STATEMENT_OUT),
    "clock": Core(paying.calculate_clock, paying_schemas.CLOCK_IN, paying_schemas.CLOCK_OUT),
    "leniency": Core(calibrating.calculate_calibration, calibrating.CALIBRATION_IN, calibrating.CALIBRATION_OUT),
    "draw": Core(calibrating.calculate_draw, calibrating.DRAW_IN, calibrating.DRAW_OUT),
    "kappa": Core(calibrating.calculate_kappa, calibrating.KAPPA_IN, calibrating.KAPPA_OUT),
    "sampling": Core(drawing.calculate_sampling, drawing.SAMPLING_IN, drawing.SAMPLING_OUT),
    "sampling-oc": Core(drawing.calculate_oc, drawing.OC_IN, drawing.OC_OUT),
    "frequency": Core(rating.calculate_frequency, rating.FREQUENCY_IN, rating.FREQUENCY_OUT),
    "trust": Core(trusting.calculate_trust, trusting.TRUST_IN, trusting.TRUST_OUT),
    "staffing": Core(paying.calculate_staffing, paying_schemas.STAFFING_IN, paying_schemas.STAFFING_OUT),
}


@click.command()
@click.argument("core", type=click.Choice(list(CORES)))
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
@click.option("--schema", is_flag=True, help="Print the JSON schemas of what goes in and what comes out.")
def calc(core: str, file: TextIO, *, schema: bool) -> None:
    """Recompute figures from FILE (or standard input): one JSON case, or one case a line.

    The answer carries its trace. A case that is not sound answers with what is wrong and where; the exit code is then 1.
    """
    chosen = CORES[core]
    if schema:
        click.echo(dumped({"input": chosen.schema_in, "output": chosen.schema_out}, indent=2))
        return
    text = file.read()
    cases = list(read_cases(text))
    answers = [answer(chosen, case) for case in cases]
    indent = 2 if len(cases) == 1 and len(text.strip().splitlines()) != 1 else None
    for found in answers:
        click.echo(dumped(found, indent=indent))
    if any("error" in found for found in answers):
        sys.exit(1)


def read_cases(text: str) -> Iterator[object]:
    """The cases of one document or of one a line; numbers keep every digit."""
    try:
        yield json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as whole:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:  # noqa: PLR2004 - one line that is no document is no list of documents either
            raise click.UsageError(f"This is not JSON: {whole}") from None
        for number, line in enumerate(lines, start=1):
            try:
                yield json.loads(line, parse_float=Decimal)
            except json.JSONDecodeError as error:
                raise click.UsageError(f"Line {number} is not JSON: {error}") from None


def answer(core: Core, case: object) -> Mapping[str, object]:
    """The result of one case, or what is wrong with it."""
    if not isinstance(case, dict):
        return {"error": "A case is a JSON object.", "errors": []}
    try:
        return core.calculate(case)
    except DomainError as error:
        errors = [{"field": item.field, "message": item.message.format(**item.params)} for item in error.errors]
        return {"error": str(error), "errors": errors}


def dumped(document: Any, *, indent: int | None) -> str:
    """JSON with Chinese left readable and decimals as text."""
    return json.dumps(document, ensure_ascii=False, indent=indent, default=str)
