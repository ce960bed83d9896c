from duban.orgs.models import Person, RoleGrant, Unit


def test_unit_knows_its_tenant(world):
    unit = world.ours.project
    assert (unit.tenant_path, unit.audit_scope(), unit.permission_paths()) == (
        world.ours.root.path,
        world.ours.root.path,
        (unit.path,),
    )


def test_stranger_is_in_no_tenant(world):
    assert world.stranger.audit_scope() == "/"
    assert world.person("finance").audit_scope() == world.ours.root.path


def test_scopes(world, actor):
    assert set(Unit.objects.for_actor(actor("stranger"))) == set()
    assert set(Unit.objects.for_actor(actor("vendor_worker"))) == {world.ours.vendor.unit}
    assert set(Person.objects.for_actor(actor("vendor_manager"))) == {world.person("vendor_manager")}
    assert RoleGrant.objects.for_actor(actor("group_admin")).filter(unit__path__startswith=world.theirs.root.path).count() == 0


def test_natural_key(world):
    person = world.person("finance")
    assert Person.objects.get_by_natural_key(person.username) == person
