"""Money rules read from their definition."""

from collections.abc import Callable, Mapping
from typing import cast

from duban.kernel.text import mark
from duban.settlement.domain.charges import (
    ChargeKind,
    ChargeRule,
    DailyPool,
    Escalating,
    FixedList,
    FreeQuota,
    Lateness,
    LatenessBand,
    ListItem,
    PercentList,
    RuleHead,
    Vacancy,
)
from duban.settlement.domain.definition import Node, plain
from duban.settlement.domain.facts import read_match

_HEAD = ("kind", "code", "clause", "label", "match", "is_capped")


def read_charge(node: Node) -> ChargeRule:
    """One money rule; faults are noted on the node."""
    kind = node.choice("kind", ChargeKind)
    node.only(*_HEAD, *_KEYS[kind])
    return _READERS[kind](node, read_head(node))


def read_head(node: Node) -> RuleHead:
    """Code, clause, name and match."""
    match = read_match(node)
    if not (match.kinds or match.keys or match.severities):
        node.fault("match", mark("Say which occurrences the rule concerns."))
    return RuleHead(
        code=node.text("code"),
        clause=node.text("clause", ""),
        label=read_label(node.child("label")),
        match=match,
        is_capped=node.flag("is_capped", default=True),
    )


def read_label(node: Node) -> Mapping[str, str]:
    """A name in both languages."""
    node.only("en", "zh")
    return {"en": node.text("en"), "zh": node.text("zh")}


def _list_items(node: Node) -> tuple[ListItem, ...]:
    items = tuple(ListItem(key, price) for key, price in node.pairs("items"))
    if not items:
        node.fault("items", mark("At least one row is needed."))
    return items


def _fixed_list(node: Node, head: RuleHead) -> ChargeRule:
    return FixedList(
        head,
        _list_items(node),
        free_count=node.whole("free_count", 0),
        only_repeat=node.flag("only_repeat", default=False),
        daily_cap=node.number("daily_cap") if node.has("daily_cap") else None,
    )


def _vacancy(node: Node, head: RuleHead) -> ChargeRule:
    return Vacancy(head, node.number("factor", most="3"), node.number("hourly_price") if node.has("hourly_price") else None)


def _lateness(node: Node, head: RuleHead) -> ChargeRule:
    bands = tuple(LatenessBand(band.number("minutes"), band.number("amount")) for band in node.items("bands"))
    if not bands:
        node.fault("bands", mark("At least one band is needed."))
    return Lateness(
        head,
        bands,
        absence_hours=node.number("absence_hours", "0"),
        absence_factor=node.number("absence_factor", "1", most="3"),
        free_count=node.whole("free_count", 0),
        daily_cap=node.number("daily_cap") if node.has("daily_cap") else None,
    )


def _free_quota(node: Node, head: RuleHead) -> ChargeRule:
    return FreeQuota(
        head,
        amount_per_point=node.number("amount_per_point"),
        quota=node.number("quota"),
        grace_months=node.whole("grace_months", 0),
        grace_quota=node.number("grace_quota", "0"),
    )


def _escalating(node: Node, head: RuleHead) -> ChargeRule:
    rates = tuple(Node({"rate": item.value}, item.path, node.faults).number("rate", most="1") for item in node.items("rates"))
    if not rates:
        node.fault("rates", mark("At least one rate is needed."))
    return Escalating(head, rates)


def _percent_list(node: Node, head: RuleHead) -> ChargeRule:
    return PercentList(head, _list_items(node), fee_months=node.whole("fee_months", 1, least=1))


def _daily_pool(node: Node, head: RuleHead) -> ChargeRule:
    areas = node.pairs("areas")
    if not any(count for _, count in areas):
        node.fault("areas", mark("At least one area with items is needed."))
    return DailyPool(head, node.number("pool_rate", most="1"), areas)


_KEYS: Mapping[ChargeKind, tuple[str, ...]] = {
    ChargeKind.FIXED_LIST: ("items", "free_count", "only_repeat", "daily_cap"),
    ChargeKind.VACANCY: ("factor", "hourly_price"),
    ChargeKind.LATENESS: ("bands", "absence_hours", "absence_factor", "free_count", "daily_cap"),
    ChargeKind.FREE_QUOTA: ("amount_per_point", "quota", "grace_months", "grace_quota"),
    ChargeKind.ESCALATING: ("rates",),
    ChargeKind.PERCENT_LIST: ("items", "fee_months"),
    ChargeKind.DAILY_POOL: ("pool_rate", "areas"),
}
_READERS: Mapping[ChargeKind, Callable[[Node, RuleHead], ChargeRule]] = {
    ChargeKind.FIXED_LIST: _fixed_list,
    ChargeKind.VACANCY: _vacancy,
    ChargeKind.LATENESS: _lateness,
    ChargeKind.FREE_QUOTA: _free_quota,
    ChargeKind.ESCALATING: _escalating,
    ChargeKind.PERCENT_LIST: _percent_list,
    ChargeKind.DAILY_POOL: _daily_pool,
}


def charge_json(rule: ChargeRule) -> dict[str, object]:
    """The definition `read_charge` reads back as the same rule."""
    written = cast("dict[str, object]", plain(rule))
    head = cast("dict[str, object]", written.pop("head"))
    if isinstance(rule, FixedList | PercentList):
        written["items"] = {item.key: str(item.price) for item in rule.items}
    if isinstance(rule, DailyPool):
        written["areas"] = {area: str(count) for area, count in rule.areas}
    return {"kind": written.pop("kind"), **head, **written}
