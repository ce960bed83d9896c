"""How far records from the field can be believed: evidence gathered, graded, and looked at by people."""
