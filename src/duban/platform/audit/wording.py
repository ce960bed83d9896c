"""The trail in words: what an action was, which field changed, from what to what."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext

from duban.kernel.states import StateTable
from duban.kernel.text import mark
from duban.platform.audit.models import AuditEntry
from duban.platform.ui.components import TimelineEntry

ACTIONS: Mapping[str, str] = {
    "create": mark("created"),
    "edit": mark("edited"),
    "end": mark("ended"),
    "attach": mark("attached a file"),
    "second_answer": mark("kept a second answer beside it"),
    "import": mark("imported"),
    "grant": mark("granted a role"),
    "revoke": mark("revoked a role"),
    "move": mark("moved"),
    "rename": mark("renamed"),
    "deactivate": mark("deactivated"),
    "activate": mark("activated"),
    "reset_password": mark("reset the password"),
    "create_token": mark("created an API token"),
    "revoke_token": mark("revoked an API token"),
    "message": mark("wrote a message"),
    "release_retention": mark("released retention"),
    "rebind_terms": mark("bound other payment terms"),
    "bind_terms": mark("bound the payment terms"),
    "pay": mark("recorded a payment"),
    "reject_appeal": mark("rejected an appeal"),
    "uphold_appeal": mark("upheld an appeal"),
    "lapse_lines": mark("silence confirmed the open lines"),
    "appeal_line": mark("appealed a line"),
    "confirm_lines": mark("confirmed the open lines"),
    "confirm_line": mark("confirmed a line"),
    "store": mark("stored"),
    "assign": mark("named the owner"),
    "good_picture": mark("changed the good picture"),
    "bad_picture": mark("changed the bad picture"),
    "set_scope": mark("set scope and team"),
    "fill_form": mark("filled in the form"),
    "rectify": mark("had it put right"),
    "write_conclusion": mark("wrote the conclusion"),
    "extend": mark("gave more time"),
    "escalate": mark("told the next level"),
    "link_make": mark("made a link"),
    "link_open": mark("opened the link"),
    "link_revoke": mark("revoked the link"),
    "delete": mark("deleted"),
    "build": mark("computed"),
    "activate_with_warnings": mark("put into force despite warnings"),
    "anonymise": mark("took out the personal data"),
    "bind_lines": mark("bound the lines to the scheme"),
    "bind_scheme": mark("bound the scheme"),
    "choose_items": mark("chose the items"),
    "cut_lines": mark("shortened the lines"),
    "draw": mark("drew by lot"),
    "draw_stricter": mark("drew anew, more strictly"),
    "examine_ledger": mark("examined the ledger"),
    "fill": mark("filled in the roster"),
    "give_up_form": mark("gave the form up"),
    "import_form": mark("imported the form"),
    "install_standards": mark("installed the standards shipped with the product"),
    "leave": mark("recorded the leaving"),
    "new_tag": mark("issued a new place code"),
    "open": mark("opened"),
    "plan_tasks": mark("made the tasks of the plan"),
    "propose_grades": mark("proposed the grades"),
    "raise": mark("raised an appeal"),
    "rate": mark("rated"),
    "reactivate": mark("took up again"),
    "record": mark("recorded"),
    "record_payroll": mark("recorded the payroll"),
    "record_results": mark("recorded results"),
    "record_slots": mark("recorded slots"),
    "remind": mark("reminded"),
    "remove": mark("removed"),
    "remove_item": mark("removed an item"),
    "remove_line": mark("removed a line"),
    "renegotiate": mark("agreed a new time"),
    "reveal_contact": mark("looked at the contact data"),
    "reveal_identity": mark("looked at the identity data"),
    "save": mark("saved"),
    "score": mark("scored"),
    "set_in_force_from": mark("set the day it comes into force"),
    "set_last_day": mark("set the last day"),
    "validate": mark("judged whether it is justified"),
}
LONGEST_VALUE = 120
PAIR = 2
"""A change is [before, after]."""


def timeline(entries: Iterable[AuditEntry]) -> list[TimelineEntry]:
    """Entries as the timeline component draws them."""
    return [
        TimelineEntry(
            at=entry.at,
            text=f"{action_words(entry)}{'：' if entry.reason else ''}{entry.reason}",
            actor=entry.actor_name,
            changes=change_words(entry),
        )
        for entry in entries
    ]


def action_words(entry: AuditEntry) -> str:
    """What was done, in the reader's language: a move of the lifecycle, a known action, or the bare name."""
    model = model_of(entry.target_type)
    table: StateTable | None = getattr(model, "STATES", None)
    if table is not None:
        for move in table.moves:
            if move.name == entry.action:
                return gettext(move.label)
    return gettext(ACTIONS[entry.action]) if entry.action in ACTIONS else entry.action.replace("_", " ")


def change_words(entry: AuditEntry) -> tuple[tuple[str, str, str], ...]:
    """Field, before, after; anything that is no pair stands as the value after."""
    model = model_of(entry.target_type)
    found = []
    for name, change in entry.changes.items():
        before, after = change if isinstance(change, list) and len(change) == PAIR else ("", change)
        found.append((_field_words(model, name), _value_words(model, name, before), _value_words(model, name, after)))
    return tuple(found)


def model_words(label: str) -> str:
    """The name of a kind of record."""
    model = model_of(label)
    return str(model._meta.verbose_name) if model else label


def model_of(label: str) -> type[models.Model] | None:
    """The model of a label, if it still exists."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _field_words(model: type[models.Model] | None, name: str) -> str:
    field = _field(model, name)
    return str(getattr(field, "verbose_name", name)) if field else name.replace("_", " ")


def _field(model: type[models.Model] | None, name: str) -> Any:
    if model is None:
        return None
    try:
        return model._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        return None


def _value_words(model: type[models.Model] | None, name: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)[:LONGEST_VALUE]
    if isinstance(value, list):
        return ", ".join(_value_words(model, name, item) for item in value)
    table: StateTable | None = getattr(model, "STATES", None)
    if name == "state" and table is not None and value in table.labels:
        return gettext(table.labels[str(value)])
    choices = dict(getattr(_field(model, name), "flatchoices", None) or ())
    text = str(choices.get(value, value))
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
