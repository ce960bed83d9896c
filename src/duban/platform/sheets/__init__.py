"""Workbooks and CSV texts: reading them with suspicion, writing them without traps."""
