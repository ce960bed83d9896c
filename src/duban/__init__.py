"""Duban 督办: control of outsourced property services."""
