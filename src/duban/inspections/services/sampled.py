"""How a plan draws places."""

from duban.inspections.domain.drawing import Sampling
from duban.inspections.domain.plans import SamplingMode
from duban.inspections.domain.sampling import DefectClass, Level
from duban.inspections.models import InspectionPlan


def sampling_of(plan: InspectionPlan) -> Sampling:
    """The settings of a plan, as the draw takes them."""
    aqls = {DefectClass.MAJOR: plan.aql_major, DefectClass.MINOR: plan.aql_minor}
    return Sampling(SamplingMode(plan.sampling), plan.sample_count, Level(plan.level), aqls)
