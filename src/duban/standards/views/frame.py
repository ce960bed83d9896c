"""What the pages of standards share: links, buttons, paths to a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from duban.kernel.actor import Actor
from duban.platform.states import allowed_moves
from duban.platform.ui import formatting
from duban.platform.ui.components import Action, Crumb, Fact, Link
from duban.standards.models import Standard
from duban.standards.permissions import can_change_items, can_edit, can_edit_rules

UNPROCESSABLE = 422


def section_links(current: str) -> list[Link]:
    """Links to the other pages of standards."""
    pages = (
        ("list", _("Service lines")),
        ("register", _("All versions")),
        ("checklists", _("Checklists")),
        ("licences", _("Licence rules")),
        ("levels", _("Cleaning levels")),
    )
    return [Link(label, reverse(f"standards:{name}")) for name, label in pages if name != current]


def list_actions(actor: Actor) -> list[Action]:
    """The button that begins a standard, for those who may."""
    if not can_edit_rules(actor):
        return []
    return [Action(_("Begin a standard"), reverse("standards:new"), method="get", tone="primary", symbol="plus")]


def standard_crumbs(standard: Standard, *last: str) -> list[Crumb]:
    """Where a page below a standard lies."""
    crumbs = [
        Crumb(_("Standards"), reverse("standards:list")),
        Crumb(str(standard), reverse("standards:detail", args=[standard.code])),
    ]
    return [*crumbs, *(Crumb(label) for label in last)]


def standard_actions(actor: Actor, standard: Standard) -> list[Action]:
    """Buttons of a version: what its state and the actor's rights allow."""
    found = []
    if can_change_items(actor, standard):
        found.append(Action(_("Add an item"), reverse("standards:item_new", args=[standard.code]), method="get", symbol="plus"))
    if can_edit(actor, standard):
        checklist = reverse("standards:checklist_new", args=[standard.code])
        found.append(Action(_("Draw a checklist"), checklist, method="get", symbol="list-check"))
    if can_edit(actor, standard) and standard.state == "in_force":
        fresh = reverse("standards:new_version", args=[standard.code])
        found.append(Action(_("Begin a new version"), fresh, method="get", tone="primary", symbol="copy"))
    for move in allowed_moves(standard, actor):
        if move.name == "enact":
            found.append(Action(_(move.label), reverse("standards:enact", args=[standard.code]), method="get", tone="primary"))
        if move.name == "withdraw":
            found.append(Action(_(move.label), reverse("standards:withdraw", args=[standard.code]), needs_note=True))
    return found


def standard_facts(standard: Standard) -> list[Fact]:
    """Facts of a version."""
    found = [
        Fact(_("Service line"), standard.get_service_line_display()),
        Fact(_("Standard key"), standard.key),
        Fact(_("Version"), standard.version),
        Fact(_("In force from"), formatting.day(standard.in_force_from) if standard.in_force_from else ""),
        Fact(_("Kept by"), (standard.office or standard.tenant).name),
        Fact(_("Why this version"), standard.reason),
        Fact(_("Source"), standard.source, hint=_("A official text, B seen in a real table, C article, G to be verified")),
    ]
    return [fact for fact in found if fact.value]


def form_page(
    request: HttpRequest, form: object, title: str, crumbs: list[Crumb], back_url: str, **extra: object
) -> HttpResponse:
    """A page with one form, answered with 422 where it was refused."""
    context = {"form": form, "title": title, "crumbs": crumbs, "back_url": back_url, **extra}
    status = UNPROCESSABLE if getattr(form, "is_bound", False) else 200
    return render(request, "standards/form.html", context, status=status)
