"""How long the tests wait for something that is on its way: a loaded machine is slow, but not wrong."""

SERVE_PATIENCE = 180.0
"""Seconds until `duban serve` must answer."""
