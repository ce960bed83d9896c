"""What waits for this person."""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from duban.insight.domain.page import Waiting
from duban.insight.selectors.addresses import address
from duban.insight.selectors.figures import months_known
from duban.inspections.models import Finding
from duban.kernel.actor import Actor
from duban.scorecards.models import Card, CardAppeal, VendorGrade
from duban.settlement.models import Statement, StatementAppeal
from duban.settlement.selectors.counts import counts_to_answer


def waiting_for(actor: Actor) -> list[Waiting]:
    """Open work by right, most binding first; entries without work are left out."""
    entries = _vendor_work(actor) if actor.is_vendor else [*_quality_work(actor), *_finance_work(actor), _counted(actor)]
    return [entry for entry in entries if entry.count]


def _quality_work(actor: Actor) -> list[Waiting]:
    entries = []
    if actor.can("scorecards.close"):
        entries.append(
            Waiting(
                _("Months to close"), len(months_known(actor, timezone.localdate()).to_close), address("scorecards:periods")
            )
        )
    if actor.can("scorecards.decide_appeal"):
        appeals = CardAppeal.objects.for_actor(actor).filter(state="open").count()
        entries.append(Waiting(_("Appeals against cards to decide"), appeals, address("scorecards:list", state="appealed")))
    if actor.can("scorecards.publish"):
        drafts = Card.objects.for_actor(actor).filter(is_current=True, state="draft").count()
        entries.append(Waiting(_("Cards to check and publish"), drafts, address("scorecards:list", state="draft")))
    if actor.can("scorecards.confirm_grade"):
        grades = VendorGrade.objects.for_actor(actor).filter(state="proposed").count()
        entries.append(Waiting(_("Grades proposed by the rules"), grades, address("scorecards:grades")))
    if actor.can("inspections.edit"):
        entries.append(
            Waiting(_("Findings to re-check"), _findings(actor)["recheck"], address("inspections:findings", state="rectified"))
        )
    return entries


def _finance_work(actor: Actor) -> list[Waiting]:
    if not actor.can("settlement.send"):
        return []
    states = (
        Statement.objects.for_actor(actor)
        .filter(is_current=True)
        .aggregate(draft=Count("pk", filter=Q(state="draft")), confirmed=Count("pk", filter=Q(state="confirmed")))
    )
    appeals = StatementAppeal.objects.for_actor(actor).filter(decided_at__isnull=True).count()
    return [
        Waiting(_("Appeals against statement lines to decide"), appeals, address("settlement:list", state="disputed")),
        Waiting(_("Statements to send"), states["draft"], address("settlement:list", state="draft")),
        Waiting(_("Confirmed statements to finalise"), states["confirmed"], address("settlement:list", state="confirmed")),
    ]


def _vendor_work(actor: Actor) -> list[Waiting]:
    cards = Card.objects.for_actor(actor).filter(is_current=True, state="published").count()
    statements = Statement.objects.for_actor(actor).filter(is_current=True, state="sent").count()
    return [
        Waiting(_("Cards to confirm or appeal"), cards, address("scorecards:list", state="published")),
        Waiting(_("Statements to confirm or appeal"), statements, address("settlement:list", state="sent")),
        _counted(actor),
        Waiting(_("Findings to rectify"), _findings(actor)["rectify"], address("inspections:findings", state="open")),
    ]


def _counted(actor: Actor) -> Waiting:
    return Waiting(_("Counted work to confirm"), counts_to_answer(actor), address("settlement:counts", state="entered"))


def _findings(actor: Actor) -> dict[str, int]:
    return Finding.objects.for_actor(actor).aggregate(
        recheck=Count("pk", filter=Q(state="rectified")), rectify=Count("pk", filter=Q(state__in=["open", "reopened"]))
    )
