"""What an app declares about an export."""

from dataclasses import dataclass

from duban.platform.imports.columns import Column
from duban.platform.imports.columns.base import AnyText
from duban.platform.imports.importer import Importer


@dataclass(frozen=True)
class Exporter:
    """A kind of export. `rows` is the dotted path of a selector `(actor) -> Iterable[Mapping[key, value]]` in a fixed order.

    Kind, label and columns come from the importer where there is one, so that the file can be imported again unchanged.
    """

    rows: str
    importer: Importer | None = None
    kind: str = ""
    label: AnyText = ""
    columns: tuple[Column, ...] = ()
    permission: str = ""

    def __post_init__(self) -> None:
        if self.importer is not None:
            object.__setattr__(self, "kind", self.kind or self.importer.kind)
            object.__setattr__(self, "label", self.label or self.importer.label)
            object.__setattr__(self, "columns", self.columns or self.importer.columns)
