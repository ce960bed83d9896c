"""The HTML edge of settlement."""
