"""What became of every failed check of the year: due by the working calendar, answered, photographed again, closed."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from duban.inspections.domain.limits import RECTIFY, Limit
from duban.inspections.domain.rectification import due_after, repeat_numbers
from duban.inspections.domain.verdicts import Grade
from duban.inspections.models import CheckPhoto, CheckResult, Finding, FindingReply
from duban.inspections.selectors.limits import shipped_limits
from duban.inspections.services.opening import fault_of
from duban.kernel.actor import system_actor
from duban.platform.files.models import Attachment, StoredFile
from duban.platform.files.services import store_file
from duban.platform.records import assign_codes
from duban.platform.working_days import china_calendar
from duban.project.demo import story
from duban.project.demo.company import LAST_DAY
from duban.project.demo.pictures import evidence_picture
from duban.project.demo.registers import World

UNSETTLED = timedelta(days=19)
"""Of the last days some findings are still open."""

ANSWERED_FROM = date(2026, 8, 1)
MENDED_FROM = date(2026, 9, 24)
USUAL_DAYS = {Grade.CRITICAL: 2, Grade.MAJOR: 4, Grade.MINOR: 7}
EVENING = time(16, 40)
ANSWERS = {
    "cleaning": (
        ("当日保洁员请假, 顶班人员漏做此处", "已补做, 领班现场复看后拍照"),
        ("拖把未及时更换, 留下水渍", "更换工具后重新清洁, 已加入每日巡查"),
        ("清运车当天晚点", "已清运, 与清运单位约定 9 点前到场"),
    ),
    "security": (
        ("新员工未完成岗前培训", "已补训并考核, 班长带岗三天"),
        ("交接时漏填登记本", "已补登记, 班长每班签字复核"),
        ("夜班人手紧, 巡更路线缩短", "已补巡, 增派一名机动岗"),
    ),
    "greening": (
        ("雨后杂草长得快, 未及时安排", "已人工除草, 清理两车"),
        ("修剪计划排在下旬", "已提前修剪到位"),
        ("虫害初期未发现", "已喷药, 一周后复查"),
    ),
    "maintenance": (
        ("维保人员未携带记录本", "已补签并上传记录"),
        ("机房清扫未列入计划", "已清扫, 列入月度计划"),
        ("备件到货晚", "备件已更换, 试运行正常"),
    ),
    "customer_service": (
        ("台账由两人分管, 漏登", "已补登, 改为每日下班前核对"),
        ("回访安排在月底", "已逐户回访并记录"),
        ("午间换班空档", "已调整排班, 午间保留一人"),
    ),
}


def build_findings(world: World, failed: list[CheckResult], *, on: date, until: date = LAST_DAY) -> None:
    """Open, answer and close the findings of one month as they stand at `until`, with pictures before and, lately, after."""
    findings = [_finding(world.random, result, until) for result in failed]
    assign_codes(findings, on=on)
    Finding.objects.bulk_create(findings, batch_size=1000)
    photos, after = [], []
    for result, finding in zip(failed, findings, strict=True):
        if result.photo_count:
            before, mended = _pictures(world.random, result, finding)
            photos.append(CheckPhoto(check_result=result, file=before, taken_at=result.at))
            after += [_hung(finding, mended)] if mended else []
    CheckPhoto.objects.bulk_create(photos, batch_size=1000)
    Attachment.objects.bulk_create(after, batch_size=1000)
    FindingReply.objects.bulk_create(_replies(findings), batch_size=1000)


def number_repeats() -> None:
    """Say of each finding the how-manieth time it is within 90 days that its item failed at its place."""
    findings = list(Finding.objects.order_by("pk").only("line_id", "item_id", "place_id", "found_on", "repeat_number"))
    numbers = repeat_numbers((row.pk, fault_of(row), row.found_on) for row in findings)
    again = [row for row in findings if numbers[row.pk] > 1]
    for row in again:
        row.repeat_number = numbers[row.pk]
    Finding.objects.bulk_update(again, ["repeat_number"], batch_size=500)


def _finding(random: Random, result: CheckResult, until: date) -> Finding:
    vendor = result.line.contract.vendor.short_name
    days = USUAL_DAYS[Grade(result.severity)]
    is_slow = random.random() > story.QUALITY[vendor] + story.TRENDS.get(vendor, (0.0,) * 12)[story.month_index(result.day)]
    done = result.day + timedelta(days=days + random.randint(1, 9) if is_slow else random.randint(1, days))
    if result.day >= until - UNSETTLED and random.random() < 0.35:
        done = until + timedelta(days=60)
    finding = _opened(result)
    # Holidays move the due day; who was in time with the usual days is in time with the true ones.
    done = max(done + ((finding.due_on or done) - result.day - timedelta(days=days)), result.day)
    if done <= until + timedelta(days=4):
        _done(finding, done, result.at, is_slow=is_slow)
        finding.state, finding.closed_on = "closed", done + timedelta(days=1)
    elif random.random() < 0.4:
        _done(finding, max(until, result.day), result.at, is_slow=is_slow)
        finding.state = "rectified"
    return finding


def _opened(result: CheckResult) -> Finding:
    limit: Limit = shipped_limits()[RECTIFY[Grade(result.severity)]]
    due = due_after(timezone.localtime(result.at), limit, china_calendar())
    return Finding(
        check_result=result,
        line=result.line,
        item=result.item,
        place=result.place,
        severity=result.severity,
        text=result.note,
        found_on=result.day,
        due_on=due.on,
        due_at=due.at,
        due_rule={"amount": limit.amount, "unit": str(limit.unit), "source": limit.source, "setter": ""},
        state="open",
    )


def _done(finding: Finding, day: date, found_at: datetime, *, is_slow: bool) -> None:
    at = max(timezone.make_aware(datetime.combine(day, EVENING)), found_at + timedelta(hours=2))
    if finding.due_at is not None and not is_slow:
        at = min(at, finding.due_at)
    finding.rectified_at, finding.rectified_on = at, timezone.localtime(at).date()


def _pictures(random: Random, result: CheckResult, finding: Finding) -> tuple[StoredFile, StoredFile | None]:
    """The picture of the fault, and the same spot without it where the finding was put right lately."""
    again = Random()
    caption = f"{timezone.localtime(result.at):%Y-%m-%d %H:%M}  {random.randint(2, 14)} m"
    again.setstate(random.getstate())
    service_line = result.line.service_line
    before = _stored(evidence_picture(service_line, random, caption))
    if finding.rectified_at is None or finding.found_on < MENDED_FROM:
        return before, None
    caption = f"{timezone.localtime(finding.rectified_at):%Y-%m-%d %H:%M}"
    return before, _stored(evidence_picture(service_line, again, caption, is_mended=True))


def _stored(picture: bytes) -> StoredFile:
    return store_file(actor=system_actor("/"), source=picture, name="evidence.jpg")


def _hung(finding: Finding, file: StoredFile) -> Attachment:
    return Attachment(file=file, target_type=Finding._meta.label_lower, target_id=finding.pk, name=f"{file.sha256[:12]}.jpg")


def _replies(findings: list[Finding]) -> list[FindingReply]:
    replies = []
    for finding in findings:
        if finding.rectified_at is not None and finding.found_on >= ANSWERED_FROM:
            answers = ANSWERS[finding.line.service_line]
            cause, action = answers[finding.pk % len(answers)]
            name = finding.line.contract.vendor.contact_name
            replies.append(FindingReply(finding=finding, cause=cause, action=action, at=finding.rectified_at, name=name))
    return replies
