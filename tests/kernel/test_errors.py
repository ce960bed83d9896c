import pytest

from duban.kernel.errors import DomainError, FieldError, Invalid, NotAllowed, NotFound, WrongState


@pytest.mark.parametrize(
    ("kind", "status"), [(DomainError, 400), (NotFound, 404), (NotAllowed, 403), (WrongState, 409), (Invalid, 422)]
)
def test_refusal_has_the_status_that_fits(kind, status):
    refusal = kind()
    assert refusal.status == status
    assert (refusal.message, refusal.errors, refusal.params) == (kind.default_message, (), {})
    assert str(refusal) == kind.default_message


def test_refusal_fills_its_placeholders():
    refusal = Invalid("At most {count} rows.", count=3)
    assert refusal.message == "At most {count} rows."
    assert refusal.params == {"count": 3}
    assert str(refusal) == "At most 3 rows."


def test_refusal_names_the_inputs_at_fault():
    fault = FieldError("day", "Too late by {days} days.", {"days": 2})
    assert Invalid(errors=(fault,)).errors == (fault,)


def test_every_refusal_is_of_one_family():
    assert all(issubclass(kind, DomainError) for kind in (NotFound, NotAllowed, WrongState, Invalid))
