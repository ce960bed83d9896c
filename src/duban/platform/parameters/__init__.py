"""Dated parameters: wages, rates, limits and retention periods with place, days and source."""
