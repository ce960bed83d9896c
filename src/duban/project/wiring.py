"""Who listens to whom, and the other tables only this package can fill because only it knows everybody.

Lower packages reach these tables by the settings that name them (`DUBAN_LISTENERS`, …), never by import.
"""

from collections.abc import Mapping

from duban.platform.events import Listener
from duban.platform.jobs import PeriodicJob

LISTENERS: Mapping[type, tuple[Listener, ...]] = {}
"""Event type → those who hear it. Every event type of the project stands here, with `()` if nobody listens."""

PERIODIC_JOBS: tuple[PeriodicJob, ...] = ()
"""Tasks that the worker starts again and again."""

EVIDENCE: tuple[str, ...] = ()
"""Dotted paths of the `selectors` modules of the evidence apps. Each offers two set-based functions:

`metric_facts(lines, start, end) -> list[QuerySet]`: querysets whose rows are exactly
`(metric, line_id, day, numerator, denominator)`, grouped in SQL; `lines` is a collection of contract line keys or `None` for all;
`occurrences(lines, start, end) -> Iterator[kernel.occurrence.Occurrence]`: one statement, ordered by line and day.
"""

PANELS: Mapping[str, tuple[str, ...]] = {}
"""Place on a page (say `"scorecards.card"`) → dotted paths of functions that return a rendered panel's context."""

IMPORTS: tuple[str, ...] = ()
"""Dotted paths of importers (`platform.imports.Importer`), in the order in which a newcomer would use them."""

EXPORTS: tuple[str, ...] = ()
"""Dotted paths of exporters, one for each kind."""

SEARCH: tuple[str, ...] = ()
"""Dotted paths of `function(actor, text, limit) -> list[SearchHit]`."""

