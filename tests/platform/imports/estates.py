"""An importer and an exporter over estates, to try the engine with."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from duban.estates.models import Estate, EstateKind
from duban.kernel.actor import Actor
from duban.kernel.errors import Invalid
from duban.kernel.text import mark
from duban.orgs.models import Unit
from duban.platform.exports import Exporter
from duban.platform.imports import (
    Choice,
    Code,
    Decimal,
    ImportCounts,
    Importer,
    ImportRefused,
    ImportRow,
    Integer,
    Progress,
    Reason,
    Reference,
    RowProblem,
    Text,
    keys_by,
    upsert,
)

TOO_SMALL_FOR_HOUSEHOLDS = Reason(
    mark("{area} m² are too few for {count} households."), mark("Correct the area or the households.")
)


def offices(codes: Collection[str], *, actor: Actor) -> Mapping[str, object]:
    return keys_by(Unit.objects.for_actor(actor), "name", codes)


def office_names(actor: Actor) -> Iterable[str]:
    return Unit.objects.for_actor(actor).order_by("path").values_list("name", flat=True)


def problems(rows: Sequence[ImportRow], *, actor: Actor) -> Iterator[RowProblem]:
    for row in rows:
        if row["household_count"] and row["area_m2"] < row["household_count"]:
            yield row.problem("area_m2", TOO_SMALL_FOR_HOUSEHOLDS, area=row["area_m2"], count=row["household_count"])


def save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    names = [row["name"] for row in rows]
    if "不收" in names:
        raise Invalid(mark("The register is closed."))
    if "拒绝" in names:
        raise ImportRefused(
            [row.problem("name", TOO_SMALL_FOR_HOUSEHOLDS, area=1, count=2) for row in rows if row["name"] == "拒绝"]
        )
    values = ({("office_id" if key == "office" else key): value for key, value in row.values.items()} for row in rows)
    return upsert(Estate, values, key=("external_number",), existing=Estate.objects.for_actor(actor), progress=progress)


def export_rows(actor: Actor) -> Iterator[Mapping[str, object]]:
    rows = Estate.objects.for_actor(actor).exclude(external_number="").order_by("external_number")
    for row in rows.values("external_number", "name", "kind", "city", "area_m2", "household_count", "office__name", "address"):
        yield {**row, "office": row["office__name"]}


HERE = "tests.platform.imports.estates"
ESTATES = Importer(
    kind="estates",
    label="项目",
    permission="estates.edit",
    columns=(
        Code("external_number", zh="项目编号", en="Estate number", required=True, example="P001"),
        Text("name", zh="项目名称", en="Estate name", required=True, limit=60, example="翠湖花园", aliases=("小区名称",)),
        Reference(
            "office", zh="所属单位", en="Office", required=True, lookup=f"{HERE}.offices", choose_from=f"{HERE}.office_names"
        ),
        Choice(
            "kind",
            zh="业态",
            en="Kind",
            choices={"residential": ("住宅", "Residential"), "mall": ("商场", "Mall", "购物中心")},
            default=EstateKind.RESIDENTIAL.value,
        ),
        Text("city", zh="城市", en="City", required=True, limit=24),
        Text("address", zh="地址", en="Address", default=""),
        Decimal("area_m2", zh="建筑面积", en="Area", unit="m²", minimum=0, default=0),
        Integer("household_count", zh="户数", en="Households", minimum=0, maximum=100_000, default=0),
    ),
    unique=(("external_number",),),
    check=f"{HERE}.problems",
    save=f"{HERE}.save",
    note="一行一个项目。",
)
ESTATES_EXPORT = Exporter(importer=ESTATES, rows=f"{HERE}.export_rows")
IMPORTS = (f"{HERE}.ESTATES",)
EXPORTS = (f"{HERE}.ESTATES_EXPORT",)
