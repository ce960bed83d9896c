"""Pages of standards, checklists and licence rules."""
