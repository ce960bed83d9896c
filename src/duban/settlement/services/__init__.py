"""Every write of settlement, one function a use case."""
