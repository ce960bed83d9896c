"""What is told in `episodes`: who found what where, what was written, answered and seen again. All of it is invented."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Fault:
    """One failed item; `place` is `大堂` or `11 栋/18 层`."""

    item: str
    place: str
    note: str


@dataclass(frozen=True)
class Answer:
    """The vendor's answer to the fault of that number; without `by` it comes through the link."""

    fault: int
    day: date
    hour: int
    cause: str
    action: str
    by: str = ""


@dataclass(frozen=True)
class Look:
    """A re-check of the fault of that number by somebody who did not find it."""

    fault: int
    day: date
    hour: int
    by: str
    is_accepted: bool = True
    note: str = ""


@dataclass(frozen=True)
class Episode:
    """One visit, the notice that followed, and what became of it; `recipient` gets a link, `cancelled` says why it ended."""

    title: str
    vendor: str
    estate: str
    day: date
    inspector: str
    text: str
    faults: tuple[Fault, ...]
    issuer: str = "quality"
    is_sent: bool = True
    recipient: str = ""
    cancelled: str = ""
    answers: tuple[Answer, ...] = ()
    looks: tuple[Look, ...] = ()


@dataclass(frozen=True)
class PraisePlan:
    """Something done better than agreed."""

    vendor: str
    estate: str
    place: str
    day: date
    by: str
    text: str
    taken_back: str = ""


PLEASE = "请按期整改并逐条回复，附整改后照片；逾期未复将按合同约定升级。"

EPISODES = (
    Episode(
        "月末飞行检查",
        "洁达环境",
        "翠湖",
        date(2026, 10, 26),
        "inspector",
        PLEASE,
        (
            Fault("floors.handrail", "11 栋/18 层", "楼梯扶手积灰，白手套擦拭见黑"),
            Fault("floors.clutter", "11 栋/9 层", "楼道堆放纸箱两只、旧椅一把"),
            Fault("lobby.glass", "大堂", "单元门玻璃有手印和水渍"),
            Fault("outside.drains", "外围道路", "雨水井口被落叶堵塞，雨后积水"),
            Fault("lobby.lift_car", "3 栋", "电梯轿厢地面有油渍，不锈钢面板发花"),
        ),
        answers=(
            Answer(0, date(2026, 10, 27), 10, "顶班人员不熟悉楼层，漏擦 16–18 层", "已补擦，领班用白手套复核", "foreman"),
            Answer(1, date(2026, 10, 27), 11, "业主搬家临时堆放，未及时劝离", "已联系业主清走，楼道恢复畅通", "foreman"),
            Answer(2, date(2026, 10, 28), 9, "早高峰后未做二次擦拭", "已擦拭，增加 10 点巡回保洁", "jieda"),
            Answer(3, date(2026, 10, 28), 14, "落叶季清扫频次不足", "已清掏 14 座井口，落叶季改为每日两扫", "foreman"),
        ),
        looks=(
            Look(0, date(2026, 10, 29), 9, "estate"),
            Look(1, date(2026, 10, 29), 9, "estate"),
            Look(2, date(2026, 10, 29), 10, "estate", is_accepted=False, note="玻璃下沿仍有水渍，照片只拍了上半部分"),
        ),
    ),
    Episode(
        "夜查",
        "安盾保安",
        "海棠里",
        date(2026, 10, 19),
        "inspector",
        "夜班履职不到位，请安盾保安书面说明原因并整改。",
        (
            Fault("posts.handover", "东门", "22 点交接班无记录，接班人员迟到 20 分钟"),
            Fault("patrol.rounds", "地下车库", "23 点至 1 点地下车库缺巡 2 次"),
            Fault("discipline.phone", "西门", "当值人员玩手机，来车未起身登记"),
        ),
        answers=(
            Answer(2, date(2026, 10, 20), 9, "该员夜班疲劳", "已批评教育并调岗", "andun"),
            Answer(2, date(2026, 10, 23), 9, "班长未到岗督查", "夜班班长每两小时查岗一次", "andun"),
        ),
        looks=(
            Look(2, date(2026, 10, 22), 23, "inspector2", is_accepted=False, note="抽查同一岗位，仍在玩手机"),
            Look(2, date(2026, 10, 27), 23, "inspector2", is_accepted=False, note="第三次抽查仍未改观，请经理到场说明"),
        ),
    ),
    Episode(
        "绿化专项检查",
        "绿野园林",
        "悦府",
        date(2026, 10, 27),
        "inspector",
        PLEASE,
        (
            Fault("lawn.weeds", "中心绿地", "草坪杂草约两成，水花生成片"),
            Fault("shrubs.gaps", "外围道路", "绿篱缺株断档约 3 米"),
        ),
        recipient="刘师傅（悦府驻场）",
        answers=(
            Answer(0, date(2026, 10, 29), 8, "连阴雨后杂草疯长，人手都在修剪", "已人工拔除两车，下周再复清一遍"),
            Answer(1, date(2026, 10, 29), 16, "车辆剐蹭致枯死，苗木未到货", "已补种红叶石楠 18 株并浇透定根水"),
        ),
    ),
    Episode(
        "门岗检查",
        "护城保安",
        "枫桥",
        date(2026, 10, 13),
        "inspector3",
        "请在三个工作日内整改并回复。",
        (
            Fault("gate.visitors", "西门", "外来车辆登记缺手机号，连续 6 条"),
            Fault("discipline.uniform", "东门", "夜班未佩戴工牌和臂章"),
        ),
        recipient="沈卫东",
        answers=(
            Answer(0, date(2026, 10, 14), 9, "新登记本未印手机号栏", "已换新版登记本并补登"),
            Answer(1, date(2026, 10, 14), 9, "工牌送补办", "已补发，班前列队检查"),
        ),
        looks=(
            Look(0, date(2026, 10, 16), 10, "inspector4"),
            Look(1, date(2026, 10, 16), 10, "inspector4", note="连查两班，均已佩戴"),
        ),
    ),
    Episode(
        "机房检查",
        "恒升电梯",
        "映月台",
        date(2026, 10, 30),
        "inspector2",
        "维保记录缺签字，请补齐并说明。",
        (Fault("upkeep.lift_half_month", "2 栋", "2 号梯半月维保记录缺使用单位签字"),),
        is_sent=False,
    ),
    Episode(
        "晨检",
        "晨雨保洁",
        "云栖",
        date(2026, 10, 21),
        "inspector",
        PLEASE,
        (Fault("outside.sweeping", "东门", "门前道路烟头、纸屑未清"),),
        cancelled="现场核实为市政道路，不属合同范围。",
    ),
)

PRAISES = (
    PraisePlan(
        "美畅环境", "湖滨", "外围道路", date(2026, 10, 9), "inspector3", "台风过后两小时内清完主干道落叶，业主出行未受影响。"
    ),
    PraisePlan(
        "护城保安", "姑苏", "地下车库", date(2026, 10, 15), "inspector4", "夜班及时发现车库配电箱冒烟并断电处置，避免了损失。"
    ),
    PraisePlan(
        "恒升电梯", "翠湖", "客服中心", date(2026, 10, 20), "estate", "困人故障 12 分钟到场，安抚到位，家属专门来电致谢。"
    ),
    PraisePlan("洁达环境", "翠湖", "大堂", date(2026, 10, 22), "estate", "大堂石材打蜡后光洁如新，三位业主当面表扬。"),
    PraisePlan(
        "晨雨保洁",
        "悦府",
        "中心绿地",
        date(2026, 10, 24),
        "inspector",
        "落叶清扫及时，绿地整洁。",
        taken_back="照片拍的是绿化单位的作业面，不属保洁合同。",
    ),
)
