"""Pure rules of settlement: no Django, no database, no clock."""
