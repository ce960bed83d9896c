"""Tags and filters of the shared components. Usage: docs/how-to/build-a-page.md."""

from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django import template
from django.conf import settings
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    Form,
    RadioSelect,
)
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from duban.kernel.states import Tone
from duban.platform.ui import assets, formatting
from duban.platform.ui.charts import Chart
from duban.platform.ui.components import (
    Action,
    Badge,
    Crumb,
    Fact,
    Link,
    ListingPage,
    Photo,
    Station,
    Tab,
    Thread,
    TimelineEntry,
    station_labels,
)
from duban.platform.ui.side import side
from duban.platform.ui.table_rows import table_rows

register = template.Library()

HEIGHTS = {"s": "chart-s", "m": "chart-m", "l": "chart-l", "xl": "chart-xl"}


@register.simple_tag
def asset(entry: str) -> SafeString:
    """Script and style elements of one Vite entry."""
    return _asset(entry, assets.version())


@lru_cache(maxsize=16)
def _asset(entry: str, _version: int) -> SafeString:
    files = assets.bundle(entry)
    styles = format_html_join("\n", '<link rel="stylesheet" href="{}">', ((url,) for url in files.styles))
    preloads = format_html_join("\n", '<link rel="modulepreload" href="{}">', ((url,) for url in files.preloads))
    scripts = format_html_join(
        "\n",
        '<script type="module" src="{}"></script>',
        ((url,) for url in files.scripts),
    )
    return format_html("{}{}{}", styles, preloads, scripts)


@register.simple_tag
def static_file(path: str) -> str:
    """URL of a file that is served under its own name (the mark), without asking the static storage."""
    return f"{settings.STATIC_URL}{path}"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One symbol of the sprite; silent to screen readers unless it has a label."""
    return _icon(name, str(label), assets.version())


@lru_cache(maxsize=1024)
def _icon(name: str, label: str, _version: int) -> SafeString:
    sprite = assets.asset_url("src/office/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>',
            label,
            sprite,
            name,
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.inclusion_tag("ui/page_header.html")
def page_header(
    title: str,
    *,
    state: Badge | None = None,
    subtitle: str = "",
    facts: list[str] | None = None,
    actions: list[Action] | None = None,
    links: list[Link] | None = None,
) -> dict[str, Any]:
    return {
        "title": title,
        "state": state,
        "subtitle": subtitle,
        "fact_texts": facts or [],
        "actions": actions or [],
        "links": links or [],
    }


@register.inclusion_tag("ui/state_badge.html")
def state_badge(label: str | Badge, tone: str = Tone.NEUTRAL) -> dict[str, Any]:
    return {"badge": label if isinstance(label, Badge) else Badge(label, tone)}


@register.inclusion_tag("ui/action_bar.html", takes_context=True)
def action_bar(context: template.Context, actions: list[Action]) -> dict[str, Any]:
    return {
        "actions": actions,
        "csrf_token": context.get("csrf_token"),
        "prefix": uuid4().hex[:8],
    }


@register.inclusion_tag("ui/chain_bar.html")
def chain_bar(stations: list[Station]) -> dict[str, Any]:
    return {"stations": stations}


@register.inclusion_tag("ui/chain_loader.html")
def chain_loader(url: str, current: str = "") -> dict[str, Any]:
    places = [Station(key, label, current=key == current) for key, label in station_labels().items()]
    return {"url": url, "stations": places}


@register.inclusion_tag("ui/tile.html")
def tile(
    label: str,
    value: Any,
    *,
    unit: str = "",
    delta: str = "",
    delta_tone: str = "",
    note: str = "",
    note_tone: str = "",
    url: str = "",
) -> dict[str, Any]:
    return {
        "label": label,
        "value": value,
        "unit": unit,
        "delta": delta,
        "delta_tone": delta_tone or _tone_of_text(delta),
        "arrow": _arrow(delta),
        "note": note,
        "note_tone": note_tone,
        "url": url,
    }


@register.simple_block_tag
def card(content: str, title: str = "", *, note: str = "", flush: bool = False, id: str = "") -> str:
    parts = {"content": content, "title": title, "note": note, "flush": flush, "id": id}
    return render_to_string("ui/card.html", parts)


@register.inclusion_tag("ui/facts.html")
def facts(items: list[Fact]) -> dict[str, Any]:
    return {"items": items}


@register.inclusion_tag("ui/timeline.html")
def timeline(entries: list[TimelineEntry]) -> dict[str, Any]:
    return {"entries": entries}


@register.inclusion_tag("ui/conversation.html", takes_context=True)
def conversation(context: template.Context, thread: Thread) -> dict[str, Any]:
    return {
        "thread": thread,
        "csrf_token": context.get("csrf_token"),
        "prefix": uuid4().hex[:8],
    }


@register.inclusion_tag("ui/tabs.html")
def tabs(items: list[Tab], target: str = "#tab-panel") -> dict[str, Any]:
    return {"items": items, "target": target}


@register.inclusion_tag("ui/empty_state.html", takes_context=True)
def empty_state(
    context: template.Context,
    title: str,
    hint: str = "",
    action: Action | None = None,
    symbol: str = "inbox",
) -> dict[str, Any]:
    actions = [action] if action else []
    return {
        "title": title,
        "hint": hint,
        "actions": actions,
        "symbol": symbol,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("ui/bar.html")
def bar(value: Any, maximum: Any = 1, *, tone: str = Tone.WAITING, label: str = "") -> dict[str, Any]:
    share = max(0.0, min(1.0, float(value or 0) / float(maximum or 1)))
    return {
        "width": f"{share * 100:.1f}",
        "tone": tone,
        "label": label or formatting.percent(share),
    }


@register.inclusion_tag("ui/no_data.html")
def no_data(have: int | None = None, need: int | None = None) -> dict[str, Any]:
    return {"have": have, "need": need}


@register.inclusion_tag("ui/pager.html")
def pager(page: Any) -> dict[str, Any]:
    return {
        "newer_url": page.newer_url,
        "older_url": page.older_url,
        "target": getattr(page, "dom_id", ""),
    }


@register.inclusion_tag("ui/listing.html", takes_context=True)
def listing(context: template.Context, page: ListingPage) -> dict[str, Any]:
    return {"page": page, "csrf_token": context.get("csrf_token")}


register.simple_tag(table_rows)
register.simple_tag(side)


@register.inclusion_tag("ui/form_fields.html")
def form_fields(form: Form) -> dict[str, Any]:
    return {"form": form}


@register.inclusion_tag("ui/form_problems.html")
def form_problems(form: Form) -> dict[str, Any]:
    return {"form": form}


@register.inclusion_tag("ui/form_sections.html")
def form_sections(form: Form) -> dict[str, Any]:
    return {"form": form}


@register.inclusion_tag("ui/form_field.html")
def form_field(field: BoundField, *, condition: str = "") -> dict[str, Any]:
    return {"field": field, "kind": _field_kind(field), "condition": condition}


@register.inclusion_tag("ui/form_buttons.html")
def form_buttons(submit_label: str, *, cancel_url: str = "", tone: str = "primary") -> dict[str, Any]:
    return {"submit_label": submit_label, "cancel_url": cancel_url, "tone": tone}


@register.inclusion_tag("ui/chart.html")
def chart(data: Chart, caption: str, *, height: str = "m") -> dict[str, Any]:
    return {
        "payload": data.payload(),
        "head": data.head(),
        "body": data.body(),
        "caption": caption,
        "height": HEIGHTS.get(height, "chart-m"),
        "dom_id": f"chart-{uuid4().hex[:8]}",
    }


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(crumbs: list[Crumb]) -> dict[str, Any]:
    return {"crumbs": crumbs}


@register.inclusion_tag("ui/moment.html")
def moment(value: datetime | None) -> dict[str, Any]:
    return {"value": value, "exact": formatting.minute(value)}


@register.inclusion_tag("ui/skeleton.html")
def skeleton(lines: int = 3) -> dict[str, Any]:
    return {"lines": range(lines)}


@register.inclusion_tag("ui/photo_strip.html")
def photo_strip(photos: list[Photo]) -> dict[str, Any]:
    return {"photos": photos}


@register.filter
def money(value: Any, currency: str = "") -> str:
    return formatting.money(value, currency)


@register.filter
def fen(value: Any) -> str:
    return formatting.fen(value)


@register.filter
def compact_money(value: Any, currency: str = "CNY") -> str:
    return formatting.compact_money(value, currency)


@register.filter
def percent(value: Any, places: int = 1) -> str:
    return formatting.percent(value, places)


@register.filter
def points(value: Any, places: int = 1) -> str:
    return formatting.fixed(value, places)


@register.filter
def signed(value: Any, places: int = 1) -> str:
    return formatting.fixed(value, places, plus=True)


@register.filter
def count(value: Any) -> str:
    return formatting.fixed(value, 0)


@register.filter
def day(value: Any) -> str:
    return formatting.day(value)


@register.filter
def minute(value: Any) -> str:
    return formatting.minute(value)


@register.filter
def month(value: Any) -> str:
    return formatting.month(value)


@register.filter
def tone_of_change(value: Any) -> str:
    return _tone_of_text(formatting.fixed(value, 4, plus=True))


@register.filter
def share_width(value: Any) -> str:
    """A ratio as the width of an SVG bar, 0 to 100."""
    return f"{max(0.0, min(1.0, float(value or 0))) * 100:.1f}"


def _tone_of_text(text: str) -> str:
    if text.startswith("+"):
        return Tone.GOOD
    return Tone.BAD if text.startswith((formatting.MINUS, "-")) else Tone.NEUTRAL


def _arrow(text: str) -> str:
    if text.startswith("+"):
        return "▲ "
    return "▼ " if text.startswith((formatting.MINUS, "-")) else ""


def _field_kind(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, FileInput):
        return "file"
    return "check" if isinstance(widget, CheckboxInput) else "plain"
