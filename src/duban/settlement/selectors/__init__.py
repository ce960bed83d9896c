"""Every read of settlement."""
