import pytest
from pydantic import ValidationError

from duban.orgs.schemas import PersonIn


@pytest.mark.parametrize("changes", [{"username": "x"}, {"role": "king"}, {"language": "fr"}, {"from_on": "soon"}])
def test_bad_person_is_refused(changes):
    body = {"username": "li.na", "name": "李娜", "unit": "OU-1", "role": "finance", "from_on": "2026-11-23"}
    assert PersonIn(**body).email == ""
    with pytest.raises(ValidationError):
        PersonIn(**{**body, **changes})
