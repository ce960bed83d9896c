"""The inputs of a stored card, rebuilt from what was stored with it, so that its score can be computed again by anybody."""

from duban.kernel.errors import FieldError, Invalid
from duban.kernel.occurrence import Occurrence
from duban.scorecards.domain.reader import Reader
from duban.scorecards.domain.result import CardInputs
from duban.scorecards.domain.result_json import inputs_to_json, read_inputs
from duban.scorecards.domain.rule_json import JsonObject
from duban.scorecards.models import Card, CardOccurrence


def inputs_of_card(card: Card) -> CardInputs:
    """Ratios, ratings, mobilisation and struck occurrences from the card, occurrences from its rows."""
    errors: list[FieldError] = []
    stored = read_inputs(Reader(card.evidence, path="evidence", errors=errors))
    if errors:
        raise Invalid(errors=tuple(errors))
    rows = CardOccurrence.objects.filter(card=card).order_by("on", "app", "code")
    occurrences = tuple(
        Occurrence(row.app, row.code, card.line_id, row.on, row.kind, row.key, row.severity, row.quantity, row.label, row.place)
        for row in rows
    )
    return CardInputs(stored.ratios, occurrences, stored.panel, stored.mobilisation, stored.struck)


def case_of_card(card: Card) -> JsonObject:
    """The card as a case for `duban calc score`."""
    return {"definition": card.scheme_version.definition, "inputs": inputs_to_json(inputs_of_card(card))}
