"""Pages of estates, places and posts."""
