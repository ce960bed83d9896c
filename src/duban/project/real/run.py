"""`make real DATA=folder`: import, close, compare."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor, system_actor
from duban.orgs.models import Unit, UnitKind
from duban.project.real.ledgers import import_rows
from duban.project.real.registers import OPERATOR, STANDARD, build_standard
from duban.project.real.requests import complaint_rows, estate_rows, read_requests
from duban.project.real.scores import (
    CONTRACT,
    CONTRACT_END,
    CONTRACT_START,
    SCHEME,
    Inspection,
    Line,
    check_rows,
    line_on,
    lines_of,
    read_inspections,
)
from duban.scorecards.models import Card, Period
from duban.scorecards.services.periods import period_close, periods_open
from duban.scorecards.services.schemes import line_schemes_create, scheme_create, version_publish

CITY = "San Francisco"
MONTHS = 48

Say = Callable[[str], None]


@dataclass(frozen=True)
class Difference:
    """A published score that came out differently."""

    business: str
    on: date
    published: int
    ours: str


@dataclass(frozen=True)
class Outcome:
    """How many published scores there are, and those not reproduced."""

    scored: int
    differences: tuple[Difference, ...]

    @property
    def exact(self) -> int:
        """Scores reproduced exactly."""
        return self.scored - len(self.differences)

    @property
    def share(self) -> float:
        """Reproduced exactly, as a fraction."""
        return self.exact / self.scored


def run_scores(folder: Path, say: Say) -> Outcome:
    """Import the inspections, close every month, and compare each published score with ours."""
    inspections = read_inspections(folder / "sf_inspections")
    lines = lines_of(inspections)
    root = _company()
    actor = system_actor(root.path)
    with TemporaryDirectory() as scratch:
        _import_registers(actor, root, Path(scratch), lines, say)
        bind_scheme(actor, root)
        count = import_rows(check_rows(inspections, lines), kind="check_results", actor=actor, folder=Path(scratch))
    say(f"{count:,} check results")
    close_all(actor, root, inspections, say)
    _import_requests(actor, folder / "nyc311", say)
    return compare(inspections, lines)


def _import_requests(actor: Actor, folder: Path, say: Say) -> None:
    requests = read_requests(folder)
    with TemporaryDirectory() as scratch:
        import_rows(estate_rows(requests, CITY), kind="estates", actor=actor, folder=Path(scratch))
        count = import_rows(complaint_rows(requests), kind="complaints", actor=actor, folder=Path(scratch))
    say(f"{count:,} service requests as complaints")


def _company() -> Unit:
    root = Unit(name=CITY, short_name=CITY, kind=UnitKind.GROUP, city=CITY)
    root.save()
    root.path = f"/{root.pk}/"
    root.save(update_fields=["path"])
    return root


def _import_registers(actor: Actor, root: Unit, folder: Path, lines: list[Line], say: Say) -> None:
    businesses = sorted({line.business for line in lines}, key=int)
    estates = [
        {"external_number": f"SF{name}", "name": f"Business {name}", "office": CITY, "city": CITY} for name in businesses
    ]
    say(f"{import_rows(estates, kind='estates', actor=actor, folder=folder):,} businesses as estates")
    import_rows([OPERATOR], kind="vendors", actor=actor, folder=folder)
    build_standard(actor, root)
    import_rows([contract_row()], kind="contracts", actor=actor, folder=folder)
    count = import_rows((line_row(line) for line in lines), kind="contract_lines", actor=actor, folder=folder)
    say(f"{count:,} contract lines")


def close_all(actor: Actor, root: Unit, inspections: list[Inspection], say: Say) -> None:
    """Close every month in which somebody was inspected."""
    last = max(item.on for item in inspections)
    periods_open(actor=actor, tenant=root, today=last, months_back=MONTHS)
    wanted = sorted({f"{item.on:%Y-%m}" for item in inspections})
    for period in Period.objects.filter(tenant=root, key__in=wanted).order_by("key"):
        report = period_close(actor=actor, period=period)
        say(f"{period.key}: {len(report.created):,} cards")


def compare(inspections: list[Inspection], lines: list[Line]) -> Outcome:
    """Every published score beside the score of the card of its line and month."""
    scores = {
        (number, key): score
        for number, key, score in Card.objects.filter(is_current=True, line__contract__number=CONTRACT).values_list(
            "line__number", "period__key", "score"
        )
    }
    ours = [(item, scores.get((line_on(lines, item.business, item.on).number, f"{item.on:%Y-%m}"))) for item in inspections]
    different = [Difference(item.business, item.on, item.score, str(score)) for item, score in ours if score != item.score]
    return Outcome(len(inspections), tuple(different))


def bind_scheme(actor: Actor, root: Unit) -> None:
    """Score every line by the city's own rule from the first day."""
    version = version_publish(actor=actor, version=scheme_create(actor=actor, tenant=root, document=SCHEME))
    lines = list(ContractLine.objects.filter(contract__number=CONTRACT).values_list("pk", flat=True))
    line_schemes_create(
        actor=actor,
        bindings=dict.fromkeys(lines, version),
        from_on=dict.fromkeys(lines, CONTRACT_START),
        record=version,
    )


def contract_row() -> dict[str, object]:
    """The one contract under which every business stands."""
    return {
        "number": CONTRACT,
        "title": "Health inspections",
        "office": CITY,
        "vendor": "Operators",
        "starts_on": CONTRACT_START.isoformat(),
        "ends_on": CONTRACT_END.isoformat(),
        "vendor_size_class": "small",
        "buyer_size_class": "large",
    }


def line_row(line: Line) -> dict[str, object]:
    """One business over one span."""
    return {
        "contract": CONTRACT,
        "number": line.number,
        "estate": f"SF{line.business}",
        "service_line": "cleaning",
        "standard": STANDARD,
        "fee_basis": "lump_sum",
        "unit_price_amount": "1",
        "starts_on": line.starts_on.isoformat(),
        "ends_on": line.ends_on.isoformat(),
    }
