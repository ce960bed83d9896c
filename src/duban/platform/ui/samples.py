"""Sample values for the style page; shown in debug and demo mode only, so nothing here is translated."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone

from duban.platform.ui import charts
from duban.platform.ui.components import (
    Action,
    Attachment,
    Badge,
    Cell,
    ColumnHead,
    Crumb,
    Fact,
    Link,
    ListingPage,
    Message,
    Photo,
    Row,
    Station,
    Tab,
    Thread,
    TimelineEntry,
    stations,
)

MONTHS = (
    "11月",
    "12月",
    "1月",
    "2月",
    "3月",
    "4月",
    "5月",
    "6月",
    "7月",
    "8月",
    "9月",
    "10月",
)
PIXEL = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 84 64'%3E"
    "%3Crect width='84' height='64' fill='%23b6c3d1'/%3E%3C/svg%3E"
)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="名称", max_length=40, help_text="与合同一致")
    amount = forms.DecimalField(label="金额(元)", max_digits=12, decimal_places=2)
    kind = forms.ChoiceField(label="服务线", choices=[("cln", "保洁"), ("sec", "秩序")])
    since = forms.DateField(label="开始日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    answer = forms.ChoiceField(label="结论", choices=[("y", "合格"), ("n", "不合格")], widget=forms.RadioSelect)
    note = forms.CharField(label="说明", widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="双方已签字")
    proof = forms.FileField(label="附件", required=False)


def bad_form() -> SampleForm:
    """The same form with errors on it."""
    return SampleForm(
        {"name": "x" * 50, "amount": "abc", "kind": "cln", "since": "2026-02-30"},
        prefix="bad",
    )


def chain() -> list[Station]:
    """A record's chain with its place lit."""
    here = reverse("ui:styleguide")
    details = {
        "standard": ("保洁标准 v6", here),
        "clause": ("第 4、7、9 条", here),
        "task": ("62 个", here),
        "evidence": ("1,982 条", here),
        "finding": ("44 个 · 3 未关", here),
        "score": ("本卡", ""),
        "settlement": ("¥124,800", here),
        "grade": ("B → B", here),
    }
    return stations(details, current="score")


def page() -> dict[str, Any]:
    """Everything the style page shows."""
    return {
        "crumbs": [Crumb("考核", reverse("ui:styleguide")), Crumb("SC-2026-1043")],
        "state": Badge("已发布，待供应商确认", "waiting"),
        "badges": [
            Badge("草稿"),
            Badge("待确认", "waiting"),
            Badge("已确认", "good"),
            Badge("申诉中", "warning"),
            Badge("已终止", "bad"),
        ],
        "header_facts": [
            "供应商 洁达环境",
            "合同 CT-2026-0042 第2行",
            "方案 CLN-M 第3版",
        ],
        "links": [Link("导出 Excel", "#", download=True)],
        "actions": _actions(),
        "stations": chain(),
        "chain_url": reverse("ui:sample_chain"),
        "facts": [
            Fact("供应商", "洁达环境", "#"),
            Fact("合同行", "CT-2026-0042 第2行"),
            Fact("确认期限", "2026-11-09", hint="剩 2 个工作日"),
        ],
        "timeline": _timeline(),
        "thread": _thread(),
        "tabs": [
            Tab("指标", "?tab=1", active=True),
            Tab("证据", "?tab=2", count=1982),
            Tab("审计", "?tab=3"),
        ],
        "photos": [
            Photo(PIXEL, PIXEL, "14:33 · 6 m"),
            Photo(PIXEL, PIXEL),
            Photo(PIXEL, PIXEL),
        ],
        "empty_action": Action("新建合同", "#", method="get", tone="primary"),
        "page": _listing(),
        "empty_page": replace(
            _listing(),
            rows=(),
            dom_id="empty",
            chips=(Link("服务线: 绿化", "?"),),
            total=0,
        ),
        "charts": _charts(),
    }


def _actions() -> list[Action]:
    return [
        Action("对比上月", "#", method="get"),
        Action("退回", "#", needs_note=True, note_label="退回原因"),
        Action("发布", "#", disabled_reason="还有 8 条待复核"),
        Action(
            "提醒确认（剩 2 个工作日）",
            "#",
            tone="primary",
            confirm="将向供应商发送一次提醒。",
        ),
    ]


def _timeline() -> list[TimelineEntry]:
    now = timezone.now()
    change = (("权重", "15", "20"), ("封顶", "", "20"))
    return [
        TimelineEntry(now - timedelta(minutes=12), "发布，确认期至 11-09", "周敏", "waiting"),
        TimelineEntry(
            now - timedelta(hours=5),
            "校对 8 条低可信记录，排除 3 条",
            "沈立",
            changes=change,
        ),
        TimelineEntry(now - timedelta(days=4), "关账，1,982 条证据，轨迹已存", "系统", "good"),
    ]


def _thread() -> Thread:
    now = timezone.now()
    messages = (
        Message(
            now - timedelta(hours=3),
            "王经理",
            "洁达",
            "11 栋电梯大修，18 层以上停运 6 天，请核减 9 项。",
            (Attachment("停运通知.pdf", "#", "182 kB"),),
        ),
        Message(
            now - timedelta(hours=1),
            "周敏",
            "品质部",
            "先核对停运记录。",
            internal=True,
        ),
    )
    return Thread(messages, post_url="#", audience="对方可见", can_hide=True)


def _listing() -> ListingPage:
    columns = (
        ColumnHead("name", "供应商 · 线", sort_url="?sort=name"),
        ColumnHead("score", "得分", "end", "?sort=score", "descending"),
        ColumnHead("change", "变化", "end"),
        ColumnHead("bar", "达成"),
        ColumnHead("state", "状态"),
        ColumnHead("amount", "金额(元)", "end"),
    )
    rows = (
        _row(
            "安盾保安 · 秩序",
            "71.4",
            "−9.8",
            0.71,
            Badge("申诉中", "warning"),
            "−11,860.00",
            "warning",
        ),
        _row(
            "洁达环境 · 保洁",
            "80.2",
            "+1.1",
            0.8,
            Badge("已确认", "good"),
            "124,800.00",
        ),
        _row("绿野园林 · 绿化", "78.0", "−5.1", 0.78, Badge("草稿"), "36,000.00"),
    )
    return ListingPage(
        columns=columns,
        rows=rows,
        total=60,
        older_url="?after=3",
        url=reverse("ui:styleguide"),
        exports=(Link("Excel", "#"), Link("CSV", "#")),
        bulk_actions=(Action("发布", "#", tone="primary"),),
        empty_hint="去掉一个筛选条件，或换个词。",
    )


def _row(
    name: str,
    score: str,
    change: str,
    share: float,
    state: Badge,
    amount: str,
    tone: str = "",
) -> Row:
    tone_of_change = "good" if change.startswith("+") else "bad"
    cells = (
        Cell(name, small="翠湖花园"),
        Cell(score, "end"),
        Cell(change, "end", tone=tone_of_change),
        Cell(bar=share),
        Cell(badge=state),
        Cell(amount, "end"),
    )
    return Row(name, cells, url="#", tone=tone)


def _charts() -> dict[str, charts.Chart]:
    return {
        "radar": charts.Radar(
            ("质量", "创新", "性价比", "合规", "响应"),
            (
                charts.Series("本月", (78, 52, 72, 90, 84)),
                charts.Series("上月", (80, 50, 70, 88, 83)),
                charts.Series("同类", (76, 50, 71, 89, 82)),
            ),
        ),
        "trend": charts.Trend(
            MONTHS,
            (charts.Series("得分", (88, 87.2, 86, 84, 83, 79, 78, 77, None, 78.6, 79.1, 80.2)),),
            charts.Band(
                "同类中间一半",
                (76,) * 12,
                (89, 89, 88, 88, 89, 89, 88, 88, 88, 89, 88, 89),
            ),
            (charts.Threshold("降档 80", 80),),
            minimum=60,
            maximum=100,
        ),
        "waterfall": charts.Waterfall(
            (
                charts.Step("翠湖花园", 124800, "base"),
                charts.Step("映月台", 118600, "plus"),
                charts.Step("变更单", 6193.55, "plus"),
                charts.Step("缺岗", -1080, "minus"),
                charts.Step("得分档(争议)", -11860, "disputed"),
                charts.Step("质保金", -11832.68, "minus"),
                charts.Step("应付", 224820.87, "total"),
            ),
            "CNY",
        ),
        "heatmap": _heatmap(),
        "risks": charts.RiskMatrix(
            ("极低", "低", "中", "高", "极高"),
            ("灾难", "重大", "中等", "较小", "轻微"),
            (
                charts.HeatCell("低", "灾难", 1),
                charts.HeatCell("中", "重大", 2),
                charts.HeatCell("中", "中等", 4),
                charts.HeatCell("高", "中等", 1),
            ),
        ),
        "bars": charts.Bars(
            ("缺岗", "不合格项", "得分档", "投诉", "红线"),
            (26500, 8420, 21400, 3100, 2000),
            "CNY",
        ),
        "coverage": _coverage(),
        "forest": charts.Forest(
            ("孙伟", "钱丽", "胡杰", "徐媛"), (1.8, 0.4, -2.1, None), (0.9, -0.5, -3.2, None), (2.7, 1.3, -1.0, None)
        ),
        "spread": charts.Spread(
            ("技术方案", "团队", "业绩", "价格"),
            ((88, 90, 72, 86), (80, 82, 81, 79), (70, 92, 85, 60), (90, 90, 90, 90)),
            (84, 80.5, 76.8, 90),
        ),
    }


def _heatmap() -> charts.Heatmap:
    columns = (
        "翠湖",
        "映月台",
        "金桂苑",
        "云栖",
        "海棠里",
        "澜庭",
        "星河",
        "南岸",
        "书香",
        "悦府",
        "东方",
        "和园",
    )
    scores = {
        "客服": (92, 90, 96, 96, 96, 83, 89, 82, 98, 95, 92, 74),
        "维保": (82, 91, 89, 84, 84, 84, 95, 88, 78, 95, 89, 77),
        "绿化": (92, 83, 96, 78, 87, 86, 96, 91, 76, 77, None, 83),
        "秩序": (81, 66, 77, 94, 75, 90, 89, 97, 77, 85, 74, 95),
        "保洁": (74, 90, 96, 83, 92, 82, 82, 86, 93, 89, 92, 91),
    }
    cells = [
        charts.HeatCell(column, row, value, hint="" if value else "样本 9 / 需 30")
        for row, values in scores.items()
        for column, value in zip(columns, values, strict=True)
    ]
    return charts.Heatmap(columns, tuple(scores), cells)


def _coverage() -> charts.CoverageGrid:
    days = tuple(f"{day}" for day in range(1, 15))
    posts = ("东门 夜班", "监控室 早班", "巡逻 夜班")
    states = (
        "present",
        "present",
        "present",
        "rest",
        "present",
        "present",
        "absent",
        "review",
    )
    cells = [
        charts.CoverageCell(day, post, states[(at * (line + 1) + line) % len(states)])
        for line, post in enumerate(posts)
        for at, day in enumerate(days)
    ]
    return charts.CoverageGrid(days, posts, cells)
