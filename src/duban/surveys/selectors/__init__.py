"""Every read of surveys. `metric_facts`, `occurrences` and `evidence_panel` stand here for those above."""

from duban.surveys.selectors.scores import estates_to_choose, evidence_panel, metric_facts, occurrences, score_get, score_list

__all__ = ["estates_to_choose", "evidence_panel", "metric_facts", "occurrences", "score_get", "score_list"]
