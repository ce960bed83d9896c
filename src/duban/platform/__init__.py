"""The Django base of Duban. It knows no business noun: it serves whoever stands above it."""
