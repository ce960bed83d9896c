"""Pages of vendor companies and certificates."""
