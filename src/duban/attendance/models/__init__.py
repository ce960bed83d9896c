"""Whether the posts were manned: rosters, punches, the slots decided from them, and patrols."""

from duban.attendance.models.ledger import LedgerFinding, PayrollEntry, PayrollProof
from duban.attendance.models.patrols import PatrolRound, PatrolScan, Route, RoutePoint
from duban.attendance.models.punches import Punch
from duban.attendance.models.rosters import Assignment, LineRules, Roster, Swap
from duban.attendance.models.slots import Slot

__all__ = [
    "Assignment",
    "LedgerFinding",
    "LineRules",
    "PatrolRound",
    "PatrolScan",
    "PayrollEntry",
    "PayrollProof",
    "Punch",
    "Roster",
    "Route",
    "RoutePoint",
    "Slot",
    "Swap",
]
