"""Which contract lines and places inspection plans reach: two statements for any number of plans."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from duban.contracts.models import ContractLine
from duban.estates.models import Place
from duban.inspections.models import InspectionPlan
from duban.platform.scope import within


@dataclass(frozen=True)
class Scope:
    """What a plan says of its reach; also of a plan that is not stored yet."""

    key: int
    office_path: str
    service_line: str
    estate_ids: Collection[int] = ()
    line_ids: Collection[int] = ()
    place_kind: str = ""
    place_ids: Collection[int] = ()


@dataclass(frozen=True)
class Reach:
    """One contract line a plan reaches, the days it is performed, and the places in scope (none: the line as a whole)."""

    line_id: int
    estate_id: int
    first: date
    last: date
    places: tuple[int, ...]


@dataclass(frozen=True)
class _Spot:
    pk: int
    kind: str
    path: str


def scope_of(plan: InspectionPlan) -> Scope:
    """The scope of a stored plan; `estates`, `lines` and `places` should be prefetched."""
    return Scope(
        key=plan.pk,
        office_path=plan.office.path,
        service_line=plan.service_line,
        estate_ids={estate.pk for estate in plan.estates.all()},
        line_ids={line.pk for line in plan.lines.all()},
        place_kind=plan.place_kind,
        place_ids={place.pk for place in plan.places.all()},
    )


def reaches(scopes: Sequence[Scope], start: date, end: date) -> dict[int, list[Reach]]:
    """Scope key → the lines it reaches that are performed on some day of `[start, end]`, in order of their keys."""
    lines = _lines(scopes, start, end)
    wanted = {scope.key: [line for line in lines if _fits(scope, line)] for scope in scopes}
    spots = _spots(scopes, {line.estate_id for chosen in wanted.values() for line in chosen})
    return {
        scope.key: [
            Reach(line.pk, line.estate_id, line.starts_on, _last(line), _places(scope, spots.get(line.estate_id, ())))
            for line in wanted[scope.key]
        ]
        for scope in scopes
    }


def _lines(scopes: Sequence[Scope], start: date, end: date) -> list[ContractLine]:
    paths = sorted({scope.office_path for scope in scopes})
    rows = ContractLine.objects.performed_between(start, end).filter(
        within("estate__office__path", paths) | within("contract__office__path", paths),
        service_line__in={scope.service_line for scope in scopes},
    )
    return list(rows.select_related("estate__office", "contract__office").order_by("pk"))


def _fits(scope: Scope, line: ContractLine) -> bool:
    offices = (line.estate.office.path, line.contract.office.path)
    return (
        line.service_line == scope.service_line
        and any(path.startswith(scope.office_path) for path in offices)
        and (not scope.estate_ids or line.estate_id in scope.estate_ids)
        and (not scope.line_ids or line.pk in scope.line_ids)
    )


def _last(line: ContractLine) -> date:
    ended = line.contract.terminated_on
    return line.ends_on if ended is None else min(line.ends_on, ended)


def _spots(scopes: Sequence[Scope], estates: Collection[int]) -> Mapping[int, Sequence[_Spot]]:
    kinds = {scope.place_kind for scope in scopes if scope.place_kind}
    named = {pk for scope in scopes for pk in scope.place_ids}
    found: dict[int, list[_Spot]] = defaultdict(list)
    if kinds or named:
        rows = Place.objects.filter(Q(kind__in=kinds) | Q(pk__in=named), estate_id__in=estates).order_by("path", "pk")
        for pk, estate_id, kind, path in rows.values_list("pk", "estate_id", "kind", "path"):
            found[estate_id].append(_Spot(pk, kind, path))
    return found


def _places(scope: Scope, spots: Sequence[_Spot]) -> tuple[int, ...]:
    tops = [spot for spot in spots if spot.pk in scope.place_ids]
    if not scope.place_kind:
        return tuple(spot.pk for spot in tops)
    rows = [spot for spot in spots if spot.kind == scope.place_kind]
    if scope.place_ids:
        rows = [spot for spot in rows if any(_is_below(spot, top) for top in tops)]
    return tuple(spot.pk for spot in rows)


def _is_below(spot: _Spot, top: _Spot) -> bool:
    return spot.pk == top.pk or bool(top.path and spot.path.startswith(top.path))
