"""How a ledger of another app names a contract line: the contract's number or code, and the number of the line."""

from duban.platform.imports import Code, Reference

LINE_COLUMNS = (
    Code("contract", zh="合同编号", en="Contract", required=True, example="CT-2026-0042"),
    Reference(
        "line",
        zh="合同行",
        en="Contract line",
        required=True,
        also=("contract",),
        lookup="duban.contracts.selectors.lines.lines_by_reference",
        example="1",
    ),
)
