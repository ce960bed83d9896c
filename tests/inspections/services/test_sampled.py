from decimal import Decimal

from duban.inspections.domain.sampling import DefectClass, Level
from duban.inspections.services.sampled import sampling_of
from tests.factories.inspections import make_plan


def test_settings_are_read_from_the_plan(world):
    found = sampling_of(make_plan(world.ours, sampling="aql", level="S-3", aql_major=Decimal("1.0"), sample_count=4))
    assert (found.mode, found.level, found.count) == ("aql", Level.S3, 4)
    assert found.aqls[DefectClass.MAJOR] == Decimal("1.0")
