"""What the pages of people show: facts, buttons, rows of credentials and proofs."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from duban.kernel.actor import Actor
from duban.platform.files.selectors import file_url
from duban.platform.ui.components import Action, Badge, Crumb, Fact
from duban.vendors.domain.certificates import REMINDER_DAYS
from duban.vendors.domain.workers import masked_identity
from duban.vendors.models import CREDENTIAL_CHOICES, InsuranceProof, Worker, WorkerCredential
from duban.vendors.permissions import can_keep_workers, can_reveal_identity, can_verify
from duban.vendors.selectors import (
    BoardRow,
    expiry_board,
    identity_masked,
    worker_credentials,
    worker_proofs,
    worker_twins,
)
from duban.vendors.tables import CREDENTIALS
from duban.vendors.tables.workers import credential_badge

DAY, NEAR_DAYS = timedelta(days=1), 30


@dataclass(frozen=True)
class CredentialRow:
    """One credential on its holder's page."""

    credential: WorkerCredential
    number: str
    badge: Badge
    file_url: str
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class ProofRow:
    """One proof of insurance on its holder's page."""

    proof: InsuranceProof
    holds: bool
    badge: Badge
    file_url: str
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class BoardLine:
    """One kind of credential on the expiry board, each number with the list behind it."""

    label: str
    cells: tuple[tuple[int, str, str], ...]


def worker_crumbs(worker: Worker, *last: str) -> list[Crumb]:
    """Where a page below a person lies."""
    crumbs = [
        Crumb(_("Vendors"), reverse("vendors:list")),
        Crumb(str(worker.company), reverse("vendors:detail", args=[worker.company.code])),
        Crumb(f"{worker.masked} {worker.code}", reverse("vendors:worker", args=[worker.code])),
    ]
    return [*crumbs, *(Crumb(label) for label in last)]


def worker_actions(actor: Actor, worker: Worker) -> list[Action]:
    """Buttons of a person's page."""
    if not can_keep_workers(actor, worker.company) or worker.anonymised_at:
        return []
    pages = (
        ("worker_leave", _("Last day of work"), ""),
        ("proof_new", _("Add a proof of insurance"), "plus"),
        ("credential_new", _("Add a credential"), "plus"),
        ("worker_edit", _("Edit"), "edit"),
    )
    return [
        Action(label, reverse(f"vendors:{name}", args=[worker.code]), method="get", symbol=symbol)
        for name, label, symbol in pages
    ]


def worker_facts(worker: Worker, proofs: list[ProofRow]) -> list[Fact]:
    """Facts of a person, name and number masked."""
    found = [
        Fact(_("Vendor"), str(worker.company), reverse("vendors:detail", args=[worker.company.code])),
        Fact(_("Service line"), worker.get_service_line_display()),
        Fact(_("Kind of post"), worker.get_category_display(), hint=_("decides the cap on turnover")),
        Fact(_("First day of work"), f"{worker.entered_on or ''}"),
        Fact(_("Last day of work"), f"{worker.left_on or ''}"),
        Fact(_("Insured today"), _("Yes") if any(row.holds for row in proofs) else _("No proof")),
        Fact(_("Also employed by"), _("、").join(str(twin.company) for twin in worker_twins(worker))),
    ]
    return [fact for fact in found if fact.value]


def identity_context(actor: Actor, worker: Worker) -> dict[str, object]:
    """Name and number as the page first shows them: masked, with the button for those who may see them."""
    return {
        "worker": worker,
        "name": worker.masked,
        "number": identity_masked(worker),
        "can_reveal": can_reveal_identity(actor, worker) and not worker.anonymised_at,
    }


def credential_rows(actor: Actor, worker: Worker) -> list[CredentialRow]:
    """The credentials of a person, ready to be drawn: numbers and scans for employer and verifier only."""
    rows = []
    for one in worker_credentials(actor, worker):
        one.worker = worker
        sees = one.visible_to(actor)
        address = file_url(one, one.file, name=one.code) if one.file and sees else ""
        number = one.number if sees else masked_identity(one.number)
        rows.append(CredentialRow(one, number, credential_badge(one), address, tuple(_credential_actions(actor, one))))
    return rows


def proof_rows(actor: Actor, worker: Worker) -> list[ProofRow]:
    """The proofs of insurance of a person, ready to be drawn."""
    today = timezone.localdate()
    may_keep = can_keep_workers(actor, worker.company)
    rows = []
    for one in worker_proofs(worker):
        one.worker = worker
        address = file_url(one, one.file, name=one.code) if one.file and one.visible_to(actor) else ""
        holds = one.valid_from <= today <= one.valid_until
        badge = Badge(_("Covered"), "good") if holds else Badge(_("Not in force today"), "neutral")
        remove = Action(_("Withdraw"), reverse("vendors:proof_withdraw", args=[one.code]), needs_note=True)
        rows.append(ProofRow(one, holds, badge, address, (remove,) if may_keep else ()))
    return rows


def board_lines(actor: Actor) -> list[BoardLine]:
    """The expiry board: kinds by time left, each number with its list."""
    today = timezone.localdate()
    return [_board_line(row, today) for row in expiry_board(actor, today)]


def _board_line(row: BoardRow, today: date) -> BoardLine:
    near, soon = today + timedelta(days=NEAR_DAYS), today + timedelta(days=REMINDER_DAYS[0])
    return BoardLine(
        str(dict(CREDENTIAL_CHOICES)[row.kind]),
        (
            (row.expired, "bad", _listed(row, counts="yes", valid_until_to=today - DAY)),
            (row.within_30, "warning", _listed(row, counts="yes", valid_until_from=today, valid_until_to=near)),
            (row.within_90, "warning", _listed(row, counts="yes", valid_until_from=near + DAY, valid_until_to=soon)),
            (row.later, "good", _listed(row, counts="yes", expiry="valid")),
            (row.waiting, "waiting", _listed(row, state="entered")),
            (row.rejected, "bad", _listed(row, state="rejected")),
        ),
    )


def _listed(row: BoardRow, **query: object) -> str:
    values = {name: str(value) for name, value in query.items()}
    return CREDENTIALS.url("vendors:credential_list", kind=row.kind, employed="yes", **values)


def _credential_actions(actor: Actor, credential: WorkerCredential) -> list[Action]:
    found = []
    if can_verify(actor, credential) and credential.state != "verified":
        found.append(Action(_("Verify"), reverse("vendors:credential_verify", args=[credential.code]), tone="primary"))
    if can_verify(actor, credential) and credential.state != "rejected":
        found.append(Action(_("Reject"), reverse("vendors:credential_reject", args=[credential.code]), needs_note=True))
    if can_keep_workers(actor, credential.worker.company):
        found.append(Action(_("Edit"), reverse("vendors:credential_edit", args=[credential.code]), method="get"))
    return found
