"""How a figure came about, step by step, so that a page can open it and a stranger can recompute it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Step:
    """One step: what was computed (`label`, an English source text), by which rule, from which inputs, with which result.

    `rule` and `label` carry named placeholders filled from `inputs`; all values are plain strings so that the
    trace reads the same in JSON, in the page and after ten years.
    """

    label: str
    rule: str
    result: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    refs: tuple[str, ...] = ()
