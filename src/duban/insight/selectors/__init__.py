"""Reads over all apps below."""
