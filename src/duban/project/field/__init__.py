"""The page, the manifest and the worker of the field app; the program itself is client code."""
