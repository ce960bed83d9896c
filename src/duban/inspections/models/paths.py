"""Where a right over evidence may be held."""

from duban.contracts.models import ContractLine


def line_paths(line: ContractLine) -> tuple[str, ...]:
    """Unit paths at which a right over evidence of this line may be held: estate, signing office, vendor."""
    return (line.estate.office.path, line.contract.office.path, line.contract.vendor.unit.path)
