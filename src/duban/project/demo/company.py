"""Who is who in the demo company: offices, people, estates, vendors. All names are invented."""

from dataclasses import dataclass
from datetime import date

FIRST_DAY = date(2025, 11, 1)
LAST_DAY = date(2026, 10, 31)
PASSWORD = "duban-demo-2026"  # noqa: S105 - the demo accounts stand openly on the sign-in page
GROUP = "恒远物业集团"


@dataclass(frozen=True)
class EstatePlan:
    """One estate as it will be created. `area` in m², `fee` in CNY per m² and month."""

    name: str
    short: str
    city: str
    kind: str
    area: int
    households: int
    buildings: int
    floors: int
    fee: str
    grade: str


ESTATES = (
    EstatePlan("翠湖花园", "翠湖", "上海", "residential", 186_000, 1_420, 12, 18, "3.20", "二级"),
    EstatePlan("映月台", "映月台", "上海", "residential", 142_500, 1_086, 9, 26, "3.60", "一级"),
    EstatePlan("金桂苑", "金桂苑", "上海", "residential", 98_400, 812, 14, 6, "2.10", "三级"),
    EstatePlan("云栖府", "云栖", "上海", "residential", 121_000, 640, 8, 17, "4.20", "一级"),
    EstatePlan("海棠里", "海棠里", "上海", "residential", 76_800, 598, 10, 11, "2.60", "二级"),
    EstatePlan("澜庭雅苑", "澜庭", "上海", "residential", 158_200, 1_188, 11, 24, "3.40", "二级"),
    EstatePlan("星河广场", "星河", "上海", "mall", 203_600, 0, 2, 7, "18.00", ""),
    EstatePlan("南岸国际中心", "南岸", "上海", "office", 88_700, 0, 2, 32, "22.00", ""),
    EstatePlan("书香名邸", "书香", "上海", "residential", 109_300, 904, 13, 11, "2.40", "三级"),
    EstatePlan("悦府", "悦府", "上海", "residential", 133_400, 760, 7, 28, "4.60", "一级"),
    EstatePlan("东方曼城", "东方", "上海", "residential", 171_900, 1_306, 15, 18, "3.10", "二级"),
    EstatePlan("和园", "和园", "上海", "residential", 64_200, 412, 9, 6, "2.80", "二级"),
    EstatePlan("湖滨一号", "湖滨", "苏州", "residential", 149_800, 986, 10, 22, "3.90", "一级"),
    EstatePlan("姑苏印象", "姑苏", "苏州", "residential", 92_600, 744, 16, 6, "2.20", "三级"),
    EstatePlan("独墅湖科创园", "科创园", "苏州", "industrial", 126_000, 0, 6, 9, "9.50", ""),
    EstatePlan("枫桥新村", "枫桥", "苏州", "residential", 83_500, 1_012, 22, 6, "1.60", "三级"),
    EstatePlan("平江公馆", "平江", "苏州", "residential", 58_900, 318, 6, 11, "4.10", "一级"),
    EstatePlan("金鸡湖中心", "金鸡湖", "苏州", "office", 112_400, 0, 3, 28, "19.50", ""),
    EstatePlan("荷塘月舍", "荷塘", "苏州", "residential", 117_700, 872, 11, 17, "2.90", "二级"),
    EstatePlan("石湖天玺", "石湖", "苏州", "residential", 139_100, 708, 8, 26, "4.40", "一级"),
    EstatePlan("相门人家", "相门", "苏州", "residential", 71_300, 686, 18, 6, "1.90", "三级"),
    EstatePlan("木渎商业街", "木渎", "苏州", "mall", 54_600, 0, 5, 4, "12.00", ""),
    EstatePlan("胥江府", "胥江", "苏州", "residential", 104_900, 690, 9, 18, "3.50", "二级"),
    EstatePlan("太湖职业学院", "太湖学院", "苏州", "campus", 231_000, 0, 14, 6, "5.20", ""),
)


@dataclass(frozen=True)
class VendorPlan:
    """One vendor: whom it serves with what, how large it is, who owns it, and how good it is at the start (0–1)."""

    name: str
    short: str
    lines: tuple[str, ...]
    size: str
    quality: float
    group: str = ""
    manager: str = ""


VENDORS = (
    VendorPlan("上海洁达环境服务有限公司", "洁达环境", ("cleaning",), "small", 0.945, manager="王建国"),
    VendorPlan("苏州清源保洁服务有限公司", "清源保洁", ("cleaning",), "small", 0.975, "清源系", "陆巧云"),
    VendorPlan("上海澄净清洁工程有限公司", "澄净清洁", ("cleaning",), "micro", 0.90, manager="丁志强"),
    VendorPlan("江苏美畅环境科技股份有限公司", "美畅环境", ("cleaning", "greening"), "medium", 0.98, manager="何佩"),
    VendorPlan("上海晨雨保洁有限公司", "晨雨保洁", ("cleaning",), "small", 0.965, manager="汤敏华"),
    VendorPlan("上海安盾保安服务有限公司", "安盾保安", ("security",), "medium", 0.975, manager="赵铁军"),
    VendorPlan("苏州护城保安服务有限公司", "护城保安", ("security",), "medium", 0.98, manager="沈卫东"),
    VendorPlan("上海卫安保安服务有限公司", "卫安保安", ("security",), "medium", 0.965, manager="马立新"),
    VendorPlan("江苏金盾安防集团有限公司", "金盾安防", ("security",), "large", 0.985, manager="郭振"),
    VendorPlan("上海绿野园林工程有限公司", "绿野园林", ("greening",), "small", 0.95, manager="叶青"),
    VendorPlan("苏州沁园绿化养护有限公司", "沁园绿化", ("greening",), "small", 0.97, "清源系", "顾林"),
    VendorPlan("上海景致园艺有限公司", "景致园艺", ("greening",), "micro", 0.955, manager="苏小蕾"),
    VendorPlan("上海迅达维保工程有限公司", "迅维工程", ("maintenance",), "small", 0.985, manager="范海涛"),
    VendorPlan("苏州同力机电设备有限公司", "同力机电", ("maintenance",), "small", 0.97, manager="蒋卫平"),
    VendorPlan("上海固安消防技术有限公司", "固安消防", ("maintenance",), "small", 0.975, manager="石磊"),
    VendorPlan("江苏恒升电梯服务有限公司", "恒升电梯", ("maintenance",), "medium", 0.98, manager="龚明"),
    VendorPlan("上海贴心人家政服务有限公司", "贴心人", ("customer_service",), "small", 0.97, manager="罗燕"),
    VendorPlan("苏州雅诚客户服务有限公司", "雅诚客服", ("customer_service",), "small", 0.98, manager="邵静"),
    VendorPlan("上海万象综合物业服务有限公司", "万象综合", ("cleaning", "security"), "medium", 0.96, manager="曹斌"),
    VendorPlan("苏州百顺后勤服务有限公司", "百顺后勤", ("cleaning", "customer_service"), "small", 0.955, manager="袁芳"),
)


@dataclass(frozen=True)
class PersonPlan:
    """A demo account: `place` is the short name of an office or a vendor."""

    username: str
    name: str
    role: str
    place: str


PEOPLE = (
    PersonPlan("admin", "林一凡", "group_admin", "恒远物业集团"),
    PersonPlan("director", "顾明", "quality_manager", "恒远物业集团"),
    PersonPlan("quality", "周敏", "quality_manager", "华东区域"),
    PersonPlan("review", "沈立", "quality_manager", "华东区域"),
    PersonPlan("city", "陈志远", "city_manager", "上海城市公司"),
    PersonPlan("estate", "吴倩", "estate_manager", "翠湖花园项目部"),
    PersonPlan("inspector", "孙伟", "quality_inspector", "上海城市公司"),
    PersonPlan("inspector2", "钱丽", "quality_inspector", "上海城市公司"),
    PersonPlan("inspector3", "胡杰", "quality_inspector", "苏州城市公司"),
    PersonPlan("inspector4", "徐媛", "quality_inspector", "苏州城市公司"),
    PersonPlan("procurement", "郑凯", "procurement", "华东区域"),
    PersonPlan("counsel", "方晓", "inside_counsel", "恒远物业集团"),
    PersonPlan("finance", "李静", "finance", "华东区域"),
    PersonPlan("finance2", "高远", "finance", "华东区域"),
    PersonPlan("desk", "许佳", "service_desk", "上海城市公司"),
    PersonPlan("auditor", "白桦", "auditor", "恒远物业集团"),
    PersonPlan("jieda", "王建国", "vendor_manager", "洁达环境"),
    PersonPlan("andun", "赵铁军", "vendor_manager", "安盾保安"),
    PersonPlan("lvye", "叶青", "vendor_manager", "绿野园林"),
    PersonPlan("chengjing", "丁志强", "vendor_manager", "澄净清洁"),
    PersonPlan("foreman", "张大勇", "vendor_foreman", "洁达环境"),
    PersonPlan("captain", "韩立军", "vendor_foreman", "安盾保安"),
)
