"""From evidence to a score, a card both sides sign, and a grade."""
