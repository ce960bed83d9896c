"""Pure rules of the cockpit."""
