from duban.orgs.selectors import person_list
from duban.orgs.tables import PEOPLE


def test_people_columns(world, actor):
    person = person_list(actor("group_admin")).get(username=world.person("finance").username)
    columns = {column.key: column for column in PEOPLE.columns}
    assert (columns["roles"].value(person), columns["places"].value(person)) == ("Finance", "甲物业集团")
    assert columns["is_active"].badge(person).label == "Active"
    person.is_active = False
    assert columns["is_active"].badge(person).label == "Closed"
