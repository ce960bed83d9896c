import json
from decimal import Decimal

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from duban.platform.ui import charts


def test_trend_table_names_band_and_missing_values() -> None:
    chart = charts.Trend(("9", "10"), (charts.Series("Score", (80, None)),), charts.Band("Peers", (70, 71), (90, 91)))
    assert chart.head() == ["", "Score", "Peers ↓", "Peers ↑"]
    assert chart.body() == [["9", "80", "70", "90"], ["10", "insufficient data", "71", "91"]]


def test_trend_without_band() -> None:
    chart = charts.Trend(("9",), (charts.Series("Score", (Decimal("80.2"),)),))
    assert chart.head() == ["", "Score"]
    assert chart.body() == [["9", "80.2"]]


def test_radar_table() -> None:
    chart = charts.Radar(("Quality", "Reply"), (charts.Series("This month", (80, 92)),))
    assert chart.head() == ["", "Quality", "Reply"]
    assert chart.body() == [["This month", "80", "92"]]


def test_waterfall_table() -> None:
    chart = charts.Waterfall((charts.Step("Base", Decimal(124800), "base"), charts.Step("Vacancy", Decimal(-1080), "minus")))
    assert chart.head() == ["Item", "Figure"]
    assert chart.body() == [["Base", "124,800.00"], ["Vacancy", "-1,080.00"]]


def test_heatmap_table_has_every_cell() -> None:
    chart = charts.Heatmap(("a", "b"), ("x", "y"), (charts.HeatCell("a", "x", 90), charts.HeatCell("b", "y", None)))
    assert chart.head() == ["", "a", "b"]
    assert chart.body() == [["x", "90", "–"], ["y", "–", "insufficient data"]]


def test_coverage_table_says_the_state() -> None:
    cells = (charts.CoverageCell("1", "Gate", "present"), charts.CoverageCell("2", "Gate", "absent"))
    chart = charts.CoverageGrid(("1", "2"), ("Gate",), cells)
    assert chart.body() == [["Gate", "on post", "absent"]]
    assert chart.payload()["words"]["rest"] == "rest"


def test_bars_table() -> None:
    assert charts.Bars(("a",), (3,), unit="CNY").head() == ["", "CNY"]
    assert charts.Bars(("a",), (3,)).head() == ["", "Value"]
    assert charts.Bars(("a", "b"), (3, None)).body() == [["a", "3"], ["b", "insufficient data"]]


def test_spread_table() -> None:
    chart = charts.Spread(("Team",), ((82, 79),), (80.5,))
    assert chart.head() == ["", "Ratings", "Mean"]
    assert chart.body() == [["Team", "79, 82", "80.5"]]
    assert charts.Spread(("Team",), ((82,),)).body() == [["Team", "82", "insufficient data"]]


def test_forest_table() -> None:
    chart = charts.Forest(("Sun", "Qian"), (1.5, None), (0.5, None), (2.5, None), unit="points")
    assert chart.head() == ["", "points", "Lower bound", "Upper bound"]
    assert chart.body() == [["Sun", "1.5", "0.5", "2.5"], ["Qian", *["insufficient data"] * 3]]
    assert charts.Forest((), (), (), ()).head()[1] == "Value"


def test_base_kind_has_no_table() -> None:
    with pytest.raises(NotImplementedError):
        charts.Chart().head()
    with pytest.raises(NotImplementedError):
        charts.Chart().body()


def test_payload_travels_as_json() -> None:
    chart = charts.RiskMatrix(("low",), ("grave",), (charts.HeatCell("low", "grave", Decimal(2), url="/r/"),))
    sent = json.loads(json.dumps(chart.payload(), cls=DjangoJSONEncoder))
    assert sent == {
        "kind": "risk-matrix",
        "columns": ["low"],
        "rows": ["grave"],
        "cells": [{"column": "low", "row": "grave", "value": "2", "url": "/r/", "hint": ""}],
    }
