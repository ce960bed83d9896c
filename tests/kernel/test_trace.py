from dataclasses import asdict

from duban.kernel.trace import Step


def test_step_is_plain_data():
    step = Step("Pass rate", "{passed} ÷ {checked}", "0.9", {"passed": "9", "checked": "10"}, ("CR-1",))
    assert asdict(step) == {
        "label": "Pass rate",
        "rule": "{passed} ÷ {checked}",
        "result": "0.9",
        "inputs": {"passed": "9", "checked": "10"},
        "refs": ("CR-1",),
    }


def test_step_without_inputs():
    assert Step("Start", "100", "100").inputs == {}
