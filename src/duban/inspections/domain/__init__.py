"""Pure rules of inspections."""
