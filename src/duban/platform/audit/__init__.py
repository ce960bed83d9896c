"""Who did what, when, why and from where: one chained entry for every write."""
