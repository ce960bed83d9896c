from django.urls import reverse

from duban.platform.ui import samples


def test_samples_name_every_kind_of_chart() -> None:
    assert {chart.kind for chart in samples.page()["charts"].values()} == {
        "bars",
        "coverage",
        "heatmap",
        "radar",
        "risk-matrix",
        "forest",
        "spread",
        "trend",
        "waterfall",
    }


def test_sample_waterfall_adds_up() -> None:
    steps = samples.page()["charts"]["waterfall"].steps
    assert round(sum(step.amount for step in steps[:-1]), 2) == steps[-1].amount


def test_sample_chain_leads_nowhere_else() -> None:
    assert {place.url for place in samples.chain()} == {reverse("ui:styleguide"), ""}


def test_bad_form_is_bad() -> None:
    assert not samples.bad_form().is_valid()
