"""How fast and how large: closing, pages, imports, on both engines. `make bench`; it prints a table and fails nothing."""
