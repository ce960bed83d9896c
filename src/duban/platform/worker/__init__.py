"""The worker: runs jobs, starts periodic ones, and shows that it lives."""
