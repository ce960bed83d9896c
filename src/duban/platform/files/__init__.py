"""Content-addressed files: stored once by their SHA-256, sniffed, limited, never served as pages."""
