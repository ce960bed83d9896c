"""Pure rules of attendance."""
