"""What the pages of vendors share: facts, buttons, paths to a page."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from duban.kernel.actor import Actor
from duban.platform.files.selectors import file_url
from duban.platform.ui.components import Action, Badge, Crumb, Fact, Link
from duban.vendors.models import Certificate, Company
from duban.vendors.permissions import can_create, can_edit, can_keep_workers
from duban.vendors.selectors import company_certificates, company_relatives
from duban.vendors.tables import expiry_badge, service_words

UNPROCESSABLE = 422


@dataclass(frozen=True)
class CertificateRow:
    """One certificate on its company's page."""

    certificate: Certificate
    badge: Badge
    file_url: str


def list_links(current: str) -> list[Link]:
    """Links to the other registers."""
    pages = (
        ("list", _("Vendors")),
        ("certificate_list", _("Certificates")),
        ("worker_list", _("People")),
        ("credential_list", _("Personal credentials")),
    )
    return [Link(label, reverse(f"vendors:{name}")) for name, label in pages if name != current]


def list_actions(actor: Actor) -> list[Action]:
    """The button that enters a vendor, for those who may."""
    if not can_create(actor):
        return []
    return [Action(_("Enter a vendor"), reverse("vendors:new"), method="get", tone="primary", symbol="plus")]


def company_crumbs(company: Company, *last: str) -> list[Crumb]:
    """Where a page below a company lies."""
    crumbs = [Crumb(_("Vendors"), reverse("vendors:list")), Crumb(str(company), reverse("vendors:detail", args=[company.code]))]
    return [*crumbs, *(Crumb(label) for label in last)]


def company_badge(company: Company) -> Badge:
    """Whether the company is in use."""
    return Badge(_("In use"), "good") if company.is_active else Badge(_("Out of use"), "neutral")


def company_actions(actor: Actor, company: Company) -> list[Action]:
    """Buttons of a company's page."""
    person = Action(_("Enter a person"), reverse("vendors:worker_new", args=[company.code]), method="get", symbol="plus")
    own = [person] if can_keep_workers(actor, company) else []
    if not can_edit(actor, company):
        return own
    turn = ("deactivate", _("Take out of use")) if company.is_active else ("reactivate", _("Take back into use"))
    return [
        *own,
        Action(turn[1], reverse(f"vendors:{turn[0]}", args=[company.code]), needs_note=True),
        Action(_("Add a certificate"), reverse("vendors:certificate_new", args=[company.code]), method="get", symbol="plus"),
        Action(_("Edit"), reverse("vendors:edit", args=[company.code]), method="get", symbol="edit"),
    ]


def company_facts(company: Company) -> list[Fact]:
    """Facts of a company, contact left out."""
    relatives = _("、").join(str(relative) for relative in company_relatives(company))
    found = [
        Fact(_("Full name"), company.name),
        Fact(_("Unified social credit code"), company.credit_code, hint=_("check character in order")),
        Fact(_("Size class"), company.get_size_class_display(), hint=_("decides the statutory payment term")),
        Fact(_("Service lines"), service_words(company)),
        Fact(_("Ownership group"), company.group.name if company.group else ""),
        Fact(_("Under the same owner"), relatives),
    ]
    return [fact for fact in found if fact.value]


def certificate_rows(company: Company) -> list[CertificateRow]:
    """The certificates of a company, ready to be drawn."""
    rows = company_certificates(company)
    return [
        CertificateRow(row, expiry_badge(row), file_url(row, row.file, name=row.number) if row.file else "") for row in rows
    ]


def form_page(request: HttpRequest, form: object, title: str, crumbs: list[Crumb], back_url: str) -> HttpResponse:
    """A page with one form, answered with 422 where it was refused."""
    context = {"form": form, "title": title, "crumbs": crumbs, "back_url": back_url}
    status = UNPROCESSABLE if getattr(form, "is_bound", False) else 200
    return render(request, "vendors/form.html", context, status=status)
