from duban.orgs.forms import GrantForm, MoveUnitForm, NewPersonForm, NewUnitForm, TokenForm


def choices(form, field):
    return {unit.name for unit in form.fields[field].queryset}


def test_choices_are_what_the_actor_may_use(world, actor):
    admin = actor("group_admin")
    assert choices(NewUnitForm(actor=admin), "parent") == {"甲物业集团", "甲上海公司", "甲一项目部", "甲二项目部"}
    assert choices(MoveUnitForm(actor=admin, unit=world.ours.city), "parent") == {"甲物业集团"}
    assert "甲子保洁" in choices(GrantForm(actor=admin), "unit")
    assert choices(GrantForm(actor=actor("finance")), "unit") == set()


def test_units_are_indented_by_depth(world, actor):
    field = GrantForm(actor=actor("group_admin")).fields["unit"]
    assert [field.label_from_instance(unit) for unit in (world.ours.root, world.ours.city, world.ours.project)] == [
        "甲物业集团",
        "　甲上海公司",
        "　　甲一项目部",
    ]


def test_first_role_is_open_ended(world, actor):
    assert "until_on" not in NewPersonForm(actor=actor("group_admin")).fields


def test_token_carries_rights_one_holds():
    form = TokenForm({"name": "x", "expires_on": "2027-01-01", "codes": ["a.b"]}, choices=[("orgs.view", "See")])
    assert list(form.errors) == ["codes"]
