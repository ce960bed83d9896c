"""Whether inspectors measure alike: pure cores with numpy and scipy."""
