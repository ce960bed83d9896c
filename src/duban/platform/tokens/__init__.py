"""Tokens by which other systems call the API in the name of one person."""
