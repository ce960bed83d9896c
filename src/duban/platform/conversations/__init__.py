"""Talking on a record: messages, mentions, files; for both sides or for the inside only."""
