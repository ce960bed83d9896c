"""One family of refusals. Every edge turns them into a page or a problem document in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from typing import ClassVar

from duban.kernel.text import mark


@dataclass(frozen=True)
class FieldError:
    """One thing wrong with one input: where, what, and the values for the message."""

    field: str
    message: str
    params: Mapping[str, object] = made_by(default_factory=dict)


class DomainError(Exception):
    """A refusal that changed nothing.

    `message` is an English source text with named placeholders; `params` fills them after translation.
    `errors` names the inputs at fault, if any. `status` is the HTTP status that fits.
    """

    status: ClassVar[int] = 400
    default_message: ClassVar[str] = mark("This cannot be done.")

    def __init__(self, message: str = "", *, errors: tuple[FieldError, ...] = (), **params: object) -> None:
        self.message = message or self.default_message
        self.errors = errors
        self.params = params
        super().__init__(self.message.format(**params) if params else self.message)


class NotFound(DomainError):
    """Not there, or not yours: the two are told apart to nobody."""

    status = 404
    default_message = mark("There is nothing here, or it is not yours to see.")


class NotAllowed(DomainError):
    """You may see it, but your role does not hold the right, or the rule forbids it to you."""

    status = 403
    default_message = mark("Your role does not allow this.")


class WrongState(DomainError):
    """The record is not in a state from which this move leads anywhere."""

    status = 409
    default_message = mark("The record is in a state that does not allow this.")


class Invalid(DomainError):
    """The input breaks a rule; `errors` says where."""

    status = 422
    default_message = mark("The input is not valid.")
