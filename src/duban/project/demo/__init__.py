"""The demo company: made from a seed, believable, and known to nothing else in the product."""
