"""Exports: what goes out comes in again; see `docs/how-to/add-an-import.md`."""

from duban.platform.exports.exporter import Exporter

__all__ = ["Exporter"]
