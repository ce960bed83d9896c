"""From the public codes other systems use to the keys that the services of plans and tasks take."""

from collections.abc import Sequence
from dataclasses import dataclass

from duban.estates.models import Estate, Place
from duban.estates.selectors import offices_of
from duban.inspections.models import InspectionTask
from duban.inspections.permissions import Code
from duban.inspections.selectors.audit_codes import Wanted, line_keys, require_known
from duban.inspections.selectors.plans import checklists_to_plan, places_by_tag
from duban.inspections.selectors.tasks import inspectors_for
from duban.inspections.selectors.visits import items_to_check
from duban.kernel.actor import Actor
from duban.orgs.models import Person, Unit
from duban.platform.records import get_by_code


@dataclass(frozen=True)
class Named:
    """What one checked item of a task is named by: its key, and the code on the wall of its place or nothing."""

    item: str
    place: str = ""


def office_to_plan(actor: Actor, code: str) -> Unit:
    """An office whose plans the actor keeps, or `NotFound`; `NotAllowed` without the right anywhere."""
    actor.require(Code.PLAN)
    return get_by_code(offices_of(actor, Code.PLAN), code)


def planned_keys(actor: Actor, wanted: Wanted) -> dict[str, tuple[int, ...]]:
    """Keys of everything a plan names by code, in the given order; `Invalid` names each code that is not known."""
    known: dict[str, dict[str, int]] = {
        "estates": dict(Estate.objects.for_actor(actor).filter(code__in=wanted["estates"]).values_list("code", "pk")),
        "lines": line_keys(actor, wanted["lines"]),
        "places": places_by_tag(actor, wanted["places"]),
        "checklist": dict(checklists_to_plan(actor).filter(code__in=wanted["checklist"]).values_list("code", "pk")),
    }
    require_known(wanted, known)
    return {name: tuple(known[name][code] for code in codes) for name, codes in wanted.items()}


def named_inspectors(task: InspectionTask, usernames: Sequence[str]) -> list[Person]:
    """Who may make the round, by user name; `Invalid` names each who may not or is not known."""
    people = inspectors_for(task)
    known = {person.username: key for key, person in people.items()}
    require_known({"inspectors": list(usernames)}, {"inspectors": known})
    return [people[known[name]] for name in dict.fromkeys(usernames)]


def checked_keys(task: InspectionTask, checked: Sequence[Named]) -> list[tuple[int, int | None]]:
    """Keys of item and place of each check of a task; `Invalid` names each item and place that its estate does not have."""
    items = {item.key: item.pk for item in items_to_check(task.line, task.checklist)}
    tags = [named.place for named in checked if named.place]
    rows = Place.objects.filter(estate_id=task.line.estate_id, tag__in=tags)
    places: dict[str, int] = dict(rows.values_list("tag", "pk"))
    require_known({"item": [named.item for named in checked], "place": tags}, {"item": items, "place": places})
    return [(items[named.item], places[named.place] if named.place else None) for named in checked]
