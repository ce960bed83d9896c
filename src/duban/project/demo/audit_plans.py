"""The audits that `auditing` plays: what was looked at, heard, found, answered and verified. All of it is invented."""

from dataclasses import dataclass
from datetime import date

OBJECTIVES = """一、全年对保洁、秩序、绿化三条服务线各至少审核一次，覆盖年度合同额的 60% 以上。
二、核验日常检查数据、考勤与作业记录是否真实，评价供应商自查机制是否有效。
三、严重不符合 30 日内、轻微不符合 60 日内验证有效，不带入续签评审。"""
RISKS = """审核员与受审核方存在利害关系：由异地城市公司检查员交叉审核。
月底结算期供应商配合度下降：现场审核避开每月 25 日至次月 5 日。"""


@dataclass(frozen=True)
class Note:
    """One finding; `item` is a key of the line's standard, `due` only where somebody owes an action."""

    grade: str
    statement: str
    evidence: str
    item: str = ""
    criterion: str = ""
    due: date | None = None
    has_picture: bool = False
    is_office: bool = False
    answer: tuple[str, str, str] = ("", "", "")
    answered: date | None = None
    accepted: date | None = None
    done: tuple[date, str] | None = None
    verified: tuple[date, str] | None = None


@dataclass(frozen=True)
class Plan:
    """One audit: who leads, who helps, which vendor's line at which estate, and how far it has come."""

    title: str
    vendor: str
    estate: str
    objective: str
    criteria: str
    starts: date
    ends: date
    planned: date
    lead: str
    members: tuple[str, ...]
    answers: str = ""
    opening: str = ""
    closing: str = ""
    attendees: tuple[tuple[str, str, str], ...] = ()
    notes: tuple[Note, ...] = ()
    issued: date | None = None
    conclusion: str = ""
    closed: date | None = None
    with_office: bool = False


OPENING = """组长介绍审核组、目的、范围与准则，确认受审核方无利害关系异议。
说明抽样方法：现场看点、查 9—10 月作业记录与考勤、随机询问一线人员；抽样结论不代表全部。
约定陪同人员、每日 17:00 沟通会，以及末次会议时间。"""
CLOSING = """组长通报审核发现并逐条出示证据，受审核方对事实无异议。
不符合项自报告发布之日起 5 个工作日内提交原因分析与纠正措施，由审核组评审并到期验证。
异议须在 3 个工作日内书面提出。"""

AUDITS = (
    Plan(
        title="秩序服务质量审核：翠湖花园",
        vendor="安盾保安",
        estate="翠湖",
        objective="评价交接班、巡查与证件管理是否符合秩序服务标准，核验考勤真实性。",
        criteria="合同附件二《岗位编制表》；《保安服务管理条例》第十六条；GB/T 19001-2016 第 8.4 条",
        starts=date(2026, 4, 13),
        ends=date(2026, 4, 14),
        planned=date(2026, 1, 12),
        lead="director",
        members=("inspector3", "auditor"),
        answers="andun",
        opening=OPENING,
        closing=CLOSING,
        attendees=(
            ("顾明", "品质经理（组长）", "恒远物业集团"),
            ("胡杰", "品质检查员", "苏州城市公司"),
            ("白桦", "审计", "恒远物业集团"),
            ("赵铁军", "经理", "安盾保安"),
            ("吴倩", "项目经理", "翠湖花园项目部"),
        ),
        notes=(
            Note(
                grade="major",
                statement="抽查 26 名在岗人员，3 人《保安员证》不在有效状态，其中 1 人从事夜班主出入口值守。",
                evidence="4 月 13 日逐岗核对证件原件与花名册 26 份；公安机关查询回执 3 份。",
                item="discipline.licence",
                criterion="《保安服务管理条例》第十六条",
                due=date(2026, 5, 14),
                has_picture=True,
                answer=(
                    "人员到岗前只收复印件，未核对原件和有效期；证件台账由队长个人保管。",
                    "3 人当日调离岗位，由持证人员补岗。",
                    "到岗前由公司人事核对原件并在平台登记，证件到期前 60 日自动提醒；每月由项目部抽查 10%。",
                ),
                answered=date(2026, 4, 24),
                accepted=date(2026, 4, 27),
                done=(date(2026, 5, 12), "全员 26 人证件已核对登记，附台账；3 人已离岗。"),
                verified=(date(2026, 5, 19), "5 月 18 日随机抽 12 人，原件与平台登记一致，均在有效期内。"),
            ),
            Note(
                grade="minor",
                statement="3 月夜班交接记录中 7 次未见双方当面签字，3 次为事后补签。",
                evidence="查 3 月 1—31 日交接班记录 62 份；询问夜班人员 4 名。",
                item="posts.handover",
                due=date(2026, 6, 15),
                answer=(
                    "交接时间与末班车冲突，接班人员迟到，交班人员先行离开。",
                    "",
                    "夜班交接提前至 21:45，队长每周抽查监控 2 次。",
                ),
                answered=date(2026, 4, 24),
                accepted=date(2026, 4, 27),
                done=(date(2026, 6, 8), "5 月交接记录 62 份签字齐全，监控抽查 8 次均为当面交接。"),
                verified=(date(2026, 6, 16), "抽 6 月上旬 20 份记录与监控比对，一致。"),
            ),
            Note(
                grade="strength",
                statement="消防通道值守配有明码看板，占道车辆平均 6 分钟内劝离，优于标准。",
                evidence="现场观察 2 小时，处置 5 起；3 月处置台账 41 条。",
                item="gate.fire_lane",
                has_picture=True,
            ),
        ),
        issued=date(2026, 4, 17),
        conclusion="秩序服务基本符合标准要求，交接与消防通道管理较好；证件核验存在系统性缺失，已构成严重不符合，须验证有效后方可进入续签评审。",
        closed=date(2026, 6, 17),
    ),
    Plan(
        title="保洁服务质量审核：翠湖花园",
        vendor="洁达环境",
        estate="翠湖",
        objective="评价保洁作业、耗材与记录管理是否符合标准，核验 5 月以来改进措施是否持续有效。",
        criteria="合同附件一《作业频次表》；GB/T 19001-2016 第 8.5.1 条",
        starts=date(2026, 10, 19),
        ends=date(2026, 10, 20),
        planned=date(2026, 1, 12),
        lead="quality",
        members=("inspector3", "inspector4"),
        answers="jieda",
        opening=OPENING,
        closing=CLOSING,
        attendees=(
            ("周敏", "品质经理（组长）", "华东区域"),
            ("胡杰", "品质检查员", "苏州城市公司"),
            ("徐媛", "品质检查员", "苏州城市公司"),
            ("王建国", "经理", "洁达环境"),
            ("张大勇", "领班", "洁达环境"),
            ("吴倩", "项目经理", "翠湖花园项目部"),
        ),
        notes=(
            Note(
                grade="minor",
                statement="11 栋、12 栋楼梯扶手擦拭记录 9 月缺 6 日，现场 4 个楼层扶手背面积尘。",
                evidence="查 9 月作业记录 60 份；10 月 19 日现场看 12 个楼层，4 层不合格，附照片。",
                item="floors.handrail",
                due=date(2026, 11, 30),
                has_picture=True,
                answer=(
                    "两栋由新入职人员负责，交接时未说明扶手背面的做法；领班抽查只看正面。",
                    "10 月 21 日完成两栋全部扶手补擦。",
                    "新员工首周由领班带教并签字；领班抽查表增加“背面”一栏，每周不少于 10 层。",
                ),
                answered=date(2026, 10, 28),
                accepted=date(2026, 10, 30),
                done=(date(2026, 11, 16), "带教记录 3 份、抽查表 3 周共 34 层，均合格。"),
            ),
            Note(
                grade="minor",
                statement="项目部对保洁耗材领用未留存双方签认，无法核对合同约定的最低用量。",
                evidence="查 8—10 月领用单 14 份，其中 9 份无项目部签字。",
                criterion="合同附件三《耗材管理》3.2",
                due=date(2026, 11, 20),
                is_office=True,
                answer=(
                    "领用在夜间，项目部当班人员无签认权限。",
                    "补签 9 份并附库存照片。",
                    "改为每周一集中领用，由项目部品质岗签认。",
                ),
                answered=date(2026, 10, 27),
                accepted=date(2026, 10, 30),
            ),
            Note(
                grade="observation",
                statement="消杀药品与清洁剂同柜存放，虽有标签但未分层，存在误用可能。",
                evidence="10 月 20 日查 B1 层工具间，附照片。",
                item="waste.pests",
                has_picture=True,
            ),
            Note(
                grade="opportunity",
                statement="垃圾清运记录为纸质，建议改用平台扫码，自动形成满溢趋势。",
                evidence="查 9 月清运记录 30 份，汇总耗时约 4 小时。",
                criterion="《作业频次表》第 6 项",
            ),
            Note(
                grade="strength",
                statement="电梯轿厢保洁设“一客一看”巡回岗，5 月以来相关投诉由月均 6 件降至 1 件。",
                evidence="查 5—9 月投诉台账；现场观察 1 小时。",
                item="lobby.lift_car",
            ),
        ),
        issued=date(2026, 10, 23),
        conclusion="保洁服务总体符合标准，改进措施有效并保持；新员工带教与耗材签认存在薄弱环节。建议维持续签资格，待不符合项验证有效后关闭。",
        with_office=True,
    ),
    Plan(
        title="保洁服务质量审核：枫桥新村",
        vendor="清源保洁",
        estate="枫桥",
        objective="续签评审前核验作业频次与在岗人数，评价自查是否真实。",
        criteria="合同附件一《作业频次表》；《岗位编制表》",
        starts=date(2026, 12, 8),
        ends=date(2026, 12, 9),
        planned=date(2026, 11, 2),
        lead="review",
        members=("inspector", "auditor"),
    ),
)
