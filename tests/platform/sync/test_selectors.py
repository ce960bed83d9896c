import pytest
from django.utils import timezone

from duban.kernel.actor import system_actor
from duban.kernel.errors import NotFound
from duban.platform.sync.models import Envelope, NeededFile
from duban.platform.sync.selectors import own_key, own_unsettled, pack_for, progress_of, stamped
from duban.platform.sync.services import receive_envelopes
from tests.platform.sync.toy import DEVICE, key, sent


@pytest.fixture
def waiting(actor, world):
    """One envelope that waits, of an inspector of the first project."""
    item = sent("a", at=timezone.now(), photos=["0" * 64])
    receive_envelopes(actor=actor("quality_inspector"), device=DEVICE, sent_at=timezone.now(), envelopes=[item])
    return item


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("quality_inspector", True),
        ("estate_manager", True),
        ("city_manager", True),
        ("finance", False),
        ("vendor_manager", False),
        ("their quality_manager", False),
        ("stranger", False),
    ],
)
def test_who_sees_what_a_phone_could_not_deliver(actor, waiting, role, sees):
    assert Envelope.objects.for_actor(actor(role)).unsettled().exists() is sees


def test_the_system_has_nothing_of_its_own(world, waiting):
    assert Envelope.objects.for_actor(system_actor(world.theirs.root.path)).count() == 0
    assert NeededFile.objects.get().__str__() == "0" * 12


def test_ones_own_unsettled(actor, waiting):
    inspector = actor("quality_inspector")
    assert [row.pk for row in own_unsettled(inspector)] == [key("a")]
    assert list(own_unsettled(inspector, "rejected")) == []
    assert list(own_unsettled(actor("estate_manager"))) == []


@pytest.mark.parametrize(
    "read", [own_key, own_unsettled, lambda actor: pack_for(actor, timezone.localdate()), lambda a: progress_of(a, "0")]
)
def test_whoever_holds_no_role_reads_nothing(actor, read):
    with pytest.raises(NotFound):
        read(actor("stranger"))


def test_the_version_of_the_pack_follows_its_content(actor):
    inspector = actor("quality_inspector")
    today = timezone.localdate()
    assert pack_for(inspector, today).version == pack_for(inspector, today).version
    assert pack_for(inspector, today).version != pack_for(actor("estate_manager"), today).version
    now = timezone.now()
    assert stamped(pack_for(inspector, today), now)["server_time"] == now
