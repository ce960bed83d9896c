"""Notices: what a person should know, in the app and by mail, in the person's own language."""
