"""The left navigation as HTML, drawn once for everybody who sees the same."""

from collections.abc import Sequence
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from duban.platform.ui import assets
from duban.platform.ui.context import Shell
from duban.platform.ui.navigation import NavigationLink

Groups = tuple[Sequence[NavigationLink], ...]


def side(shell: Shell) -> SafeString:
    """The navigation of one frame: the same entries with the same counts give the same HTML."""
    groups = (tuple(shell.overview), tuple(shell.chain), tuple(shell.base))
    return _side(get_language() or "", assets.version(), shell.company, shell.counts_url, groups)


@lru_cache(maxsize=1024)
def _side(_language: str, _version: int, company: str, counts_url: str, groups: Groups) -> SafeString:
    overview, chain, base = groups
    shell = {"company": company, "counts_url": counts_url, "overview": overview, "chain": chain, "base": base}
    return render_to_string("ui/side.html", {"shell": shell})
