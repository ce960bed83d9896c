"""Pure rules of scoring: schemes, cards, grades, weights."""
