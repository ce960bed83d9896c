"""How the dates of a contract and the R-941 alarm are called and look."""

from collections.abc import Mapping

from duban.contracts.domain.outsourcing import Alarm
from duban.kernel.states import Tone
from duban.kernel.text import mark

MILESTONE_LABELS: Mapping[str, str] = {
    "starts": mark("Begins"),
    "mobilised": mark("Mobilisation ends"),
    "notice": mark("Last day for notice"),
    "ends": mark("Ends"),
    "terminated": mark("Terminated"),
}
MILESTONE_TONES: Mapping[str, Tone] = {
    "starts": Tone.GOOD,
    "mobilised": Tone.NEUTRAL,
    "notice": Tone.WARNING,
    "ends": Tone.WAITING,
    "terminated": Tone.BAD,
}
ALARM_LABELS: Mapping[str, str] = {
    Alarm.GREEN: mark("In order"),
    Alarm.YELLOW: mark("Close to the limit"),
    Alarm.RED: mark("Against the law"),
}
ALARM_TONES: Mapping[str, Tone] = {Alarm.GREEN: Tone.GOOD, Alarm.YELLOW: Tone.WARNING, Alarm.RED: Tone.BAD}
