from duban.scorecards.domain.vocabulary import KINDS, METRICS, asks_for, metric_of, misses_of


def test_every_metric_names_a_known_kind():
    assert {metric.kind for metric in METRICS.values()} <= set(KINDS)


def test_a_part_is_only_known_where_parts_exist():
    assert metric_of("inspections.pass_rate:lobby") is METRICS["inspections.pass_rate"]
    assert metric_of("complaints.replied_on_time:x") is None
    assert metric_of("nonsense") is None


def test_misses_carry_the_part():
    assert misses_of("inspections.pass_rate:lobby") == ("failed_item", "lobby")
    assert misses_of("attendance.presence") == ("absent_slot", "")


def test_a_scheme_asks_for_a_metric_wherever_it_stands():
    definition = {"blocks": [{"indicators": [{"rule": {"metric": "inspections.levelled_rate:lobby"}}]}], "metric": 3}
    assert asks_for(definition, "inspections.levelled_rate")
    assert not asks_for(definition, "inspections.levelled")
    assert not asks_for({"rule": ["inspections.levelled_rate"]}, "inspections.levelled_rate")
