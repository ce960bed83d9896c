"""Pure rules of estates: service lines, posts, the details of a form."""
