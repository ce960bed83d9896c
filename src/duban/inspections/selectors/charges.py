"""Which occurrences a finding makes: what schemes and payment terms charge it by."""

from duban.inspections.models import Finding
from duban.inspections.selectors.facts import occurrences
from duban.kernel.occurrence import Occurrence


def occurrences_of_finding(finding: Finding) -> tuple[Occurrence, ...]:
    """The failed item, the fault found again, the overdue rectification of one finding, by day.

    They are read through the very selector that cards and statements read, so that the page shows what will be charged:
    one that counts for neither points nor money is missing here too. The due day is none until it has passed.
    """
    result = finding.check_result
    codes = {finding.code, f"{finding.code}/repeat", *([result.code] if result else [])}
    days = [day for day in (finding.found_on, finding.due_on, result.day if result else None) if day is not None]
    found = occurrences([finding.line_id], min(days), max(days))
    return tuple(item for item in found if item.code in codes)
