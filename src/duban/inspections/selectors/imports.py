"""What a ledger of check results looks up and is checked against, and what goes out again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, time, tzinfo
from uuid import UUID

from django.utils import timezone

from duban.contracts.models import ContractLine
from duban.contracts.selectors.lines import lines_by_reference
from duban.estates.domain.places import split_chain
from duban.estates.models import Place
from duban.inspections.domain.identity import ledger_id
from duban.inspections.domain.rows import CheckRow
from duban.inspections.domain.verdicts import SEVERITIES, Grade, Verdict
from duban.inspections.models import CheckResult
from duban.inspections.selectors.blind import blind_visits
from duban.kernel.actor import Actor
from duban.kernel.text import mark
from duban.orgs.models import RoleGrant
from duban.platform.imports import ImportRow, Reason, RowProblem
from duban.platform.scope import within
from duban.standards.models import StandardItem

Texts = tuple[str, ...]
NOON = time(12)
CHUNK = 500
VERDICT_KEYS = {"pass": Verdict.PASS, "fail": Verdict.FAIL, "not_applicable": Verdict.NOT_APPLICABLE}
OUT_OF_TERM = Reason(
    mark("The day lies outside the term of the contract line, {starts} – {ends}."), mark("Correct the day or the line.")
)
IN_FUTURE = Reason(mark("The day lies in the future."), mark("Correct the day."))
DOUBLE = Reason(
    mark("The same check already stands in row {first}."),
    mark("Delete one of the two, or give each its own record number."),
)
OTHERWISE = Reason(
    mark("This check is already recorded as {code} with another verdict."),
    mark("Correct the recorded result on its page, with a reason."),
)


def item_keys(codes: Collection[Texts], *, actor: Actor) -> dict[Texts, int]:
    """(contract, line, item) → key of the standard item, named by its key, its number or its name: three queries."""
    standards = _of_lines(codes, actor, "standard_id")
    found: dict[tuple[int, str], int] = {}
    rows = StandardItem.objects.filter(standard_id__in=set(standards.values())).order_by("-id")
    for pk, standard_id, key, number, name in rows.values_list("id", "standard_id", "key", "number", "name"):
        found |= {(standard_id, text): pk for text in (name, number, key) if text}
    return {code: found[standards[code[:2]], code[2]] for code in codes if (standards.get(code[:2], 0), code[2]) in found}


def place_keys(codes: Collection[Texts], *, actor: Actor) -> dict[Texts, int]:
    """(contract, line, place) → key of the place, named from the top down (`11栋/18层`) or by its tag: three queries."""
    estates = _of_lines(codes, actor, "estate_id")
    names: dict[str, str] = {}
    found: dict[tuple[int, Texts], int] = {}
    rows = Place.objects.filter(estate_id__in=set(estates.values())).order_by("path", "id")
    for pk, estate_id, name, path, tag in rows.values_list("id", "estate_id", "name", "path", "tag"):
        names[str(pk)] = name
        parts = path.strip("/").split("/") if path else [str(pk)]
        found[estate_id, tuple(names[part] for part in parts if part in names)] = pk
        found[estate_id, (tag,)] = pk
    keys = {code: found.get((estates[code[:2]], tuple(split_chain(code[2])))) for code in codes if code[:2] in estates}
    return {code: pk for code, pk in keys.items() if pk is not None}


def inspector_keys(codes: Collection[str], *, actor: Actor) -> dict[str, int]:
    """Name or user name of somebody of the tenant → key; a name that two people share is left out."""
    grants = RoleGrant.objects.filter(within("unit__path", (actor.tenant_path,)))
    people = set(grants.values_list("person_id", "person__name", "person__username"))
    known = [(text, pk) for pk, name, username in people for text in {name, username}]
    counts: dict[str, set[int]] = {}
    for text, pk in known:
        counts.setdefault(text, set()).add(pk)
    return {text: next(iter(keys)) for text, keys in counts.items() if len(keys) == 1 and text in codes}


def check_rows_of(rows: Sequence[ImportRow]) -> list[CheckRow]:
    """Rows of the ledger as the service records them."""
    zone = timezone.get_current_timezone()
    return [_check_row(row, zone) for row in rows]


def _check_row(row: ImportRow, zone: tzinfo) -> CheckRow:
    severity = row.get("severity")
    return CheckRow(
        line_id=row["line"],
        item_id=row["item"],
        day=row["day"],
        verdict=VERDICT_KEYS[row["verdict"]],
        at=datetime.combine(row["day"], row.get("time") or NOON, tzinfo=zone),
        place_id=row.get("place"),
        severity=Grade.of(severity) if severity else None,
        value=row.get("value"),
        note=row.get("note") or "",
        inspector_id=row.get("inspector"),
        client_id=_identity(row),
    )


def _identity(row: ImportRow) -> UUID:
    parts = (row["day"], row.get("time"), row["item"], row.get("place"), row.get("inspector"))
    return ledger_id(row["line"], row.get("number") or "", parts)


def check_row_problems(rows: Sequence[ImportRow], *, actor: Actor) -> Iterable[RowProblem]:
    """Days outside the term or in the future, the same check twice, a check that is recorded with another verdict."""
    del actor
    terms = {
        pk: (start, end)
        for pk, start, end in ContractLine.objects.filter(pk__in={row["line"] for row in rows}).values_list(
            "id", "starts_on", "ends_on"
        )
    }
    today = timezone.localdate()
    first: dict[UUID, int] = {}
    identities = [_identity(row) for row in rows]
    stored = _stored(identities)
    for row, identity in zip(rows, identities, strict=True):
        starts, ends = terms[row["line"]]
        if not starts <= row["day"] <= ends:
            yield row.problem("day", OUT_OF_TERM, starts=starts, ends=ends)
        elif row["day"] > today:
            yield row.problem("day", IN_FUTURE)
        elif first.setdefault(identity, row.number) != row.number:
            yield row.problem("", DOUBLE, first=first[identity])
        elif identity in stored and stored[identity][0] != VERDICT_KEYS[row["verdict"]]:
            yield row.problem("verdict", OTHERWISE, code=stored[identity][1])


def check_result_export_rows(actor: Actor) -> Iterable[Mapping[str, object]]:
    """Every result as an import would bring it in; each carries its code as record number."""
    words = {verdict: key for key, verdict in VERDICT_KEYS.items()}
    seen = CheckResult.objects.for_actor(actor).exclude(visit__in=blind_visits(actor))
    rows = seen.select_related("line__contract", "item", "place", "inspector").order_by("id")
    names: dict[str, str] = {}
    for pk, name in Place.objects.for_actor(actor).values_list("id", "name"):
        names[str(pk)] = name
    for result in rows.iterator(chunk_size=2000):
        at = timezone.localtime(result.at)
        yield {
            "number": result.code,
            "contract": result.line.contract.code,
            "line": str(result.line.number),
            "day": result.day,
            "time": at.time(),
            "item": result.item.key,
            "place": _chain(result.place, names),
            "verdict": words[Verdict(result.verdict)],
            "severity": SEVERITIES[Grade(result.severity)].value if result.verdict == Verdict.FAIL else None,
            "value": result.value,
            "inspector": result.inspector.username if result.inspector else None,
            "note": result.note,
        }


def _chain(place: Place | None, names: Mapping[str, str]) -> str | None:
    if place is None:
        return None
    return "/".join(names.get(part, "") for part in place.path.strip("/").split("/")) if place.path else place.tag


def _of_lines(codes: Collection[Texts], actor: Actor, field: str) -> dict[Texts, int]:
    lines = lines_by_reference({code[:2] for code in codes}, actor=actor)
    values = dict(ContractLine.objects.filter(pk__in=set(lines.values())).values_list("id", field))
    return {code: values[pk] for code, pk in lines.items() if values[pk] is not None}


def _stored(client_ids: list[UUID]) -> dict[UUID | None, tuple[int, str]]:
    found: dict[UUID | None, tuple[int, str]] = {}
    for start in range(0, len(client_ids), CHUNK):
        rows = CheckResult.objects.filter(client_id__in=client_ids[start : start + CHUNK])
        found |= {client_id: (verdict, f"CR-{pk}") for pk, client_id, verdict in rows.values_list("id", "client_id", "verdict")}
    return found
