"""Writes of surveys, by aggregate."""

from duban.surveys.services.scores import score_record

__all__ = ["score_record"]
