"""What trust is about: the lifecycle of a doubtful record, and what is announced of it."""
