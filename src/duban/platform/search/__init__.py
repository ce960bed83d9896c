"""One search over everything the actor may see."""
