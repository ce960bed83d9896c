"""Ledgers of estates, places and posts: which columns come in, and go out again."""

from django.utils.translation import gettext_lazy as _

from duban.estates.domain.places import DEFAULT_RADIUS_M, RADIUS_LIMIT_M
from duban.estates.domain.posts import Fence, Pattern
from duban.estates.domain.service_line_words import SERVICE_LINE_WORDS
from duban.estates.models import EstateKind, PlaceKind
from duban.estates.permissions import Code as Right
from duban.platform.exports import Exporter
from duban.platform.imports import Boolean, Choice, Code, Decimal, Importer, Integer, Reference, Text, Time

ESTATE = Reference(
    "estate",
    zh="项目",
    en="Estate",
    required=True,
    lookup="duban.estates.selectors.imports.editable_estate_keys",
    example="P001",
)

ESTATES = Importer(
    kind="estates",
    label=_("Estates"),
    permission=Right.EDIT,
    columns=(
        Code("external_number", zh="项目编号", en="Estate number", required=True, limit=40, example="P001"),
        Text("name", zh="项目名称", en="Estate name", required=True, limit=60, example="翠湖花园"),
        Text("short_name", zh="简称", en="Short name", limit=24, default="", example="翠湖"),
        Reference(
            "office",
            zh="所属单位",
            en="Office",
            required=True,
            lookup="duban.estates.selectors.imports.office_keys",
            example="上海城市公司",
        ),
        Choice(
            "kind",
            zh="业态",
            en="Kind",
            default=EstateKind.RESIDENTIAL,
            choices={
                EstateKind.RESIDENTIAL: ("住宅", "Residential"),
                EstateKind.OFFICE: ("写字楼", "Office building", "办公"),
                EstateKind.MALL: ("商场", "Shopping centre", "商业"),
                EstateKind.CAMPUS: ("校园", "Campus", "学校"),
                EstateKind.INDUSTRIAL: ("产业园区", "Industrial park", "工业园"),
                EstateKind.PUBLIC: ("公共建筑", "Public building", "公建"),
            },
            example="住宅",
        ),
        Text("city", zh="城市", en="City", required=True, limit=24, example="上海"),
        Text("address", zh="地址", en="Address", limit=160, default=""),
        Decimal(
            "area_m2", zh="建筑面积", en="Area", unit="m²", places=2, minimum=0, default=0, aliases=("面积",), example="186000"
        ),
        Integer("household_count", zh="户数", en="Households", minimum=0, default=0, example="1420"),
        Decimal("service_fee_per_m2", zh="物业费标准", en="Service fee", places=2, minimum=0, example="3.20"),
        Text("grade_scheme", zh="等级体系", en="Grade scheme", limit=40, default="", example="中物协[2004]1号"),
        Text("grade_level", zh="服务等级", en="Grade level", limit=20, default="", example="二级"),
        Decimal("latitude", zh="纬度", en="Latitude", places=6, minimum=-90, maximum=90),
        Decimal("longitude", zh="经度", en="Longitude", places=6, minimum=-180, maximum=180),
    ),
    unique=(("external_number",),),
    save="duban.estates.services.imports.estates_save",
    note=_("One row per estate. Rows whose number exists are updated."),
)

PLACES = Importer(
    kind="places",
    label=_("Places"),
    permission=Right.EDIT,
    columns=(
        ESTATE,
        Text(
            "place",
            zh="点位",
            en="Place",
            required=True,
            limit=200,
            example="1 栋/3 层/东楼梯",
            help=_("From the top down, parted by /"),
        ),
        Choice(
            "kind",
            zh="类型",
            en="Kind",
            default=PlaceKind.AREA,
            choices={
                PlaceKind.BUILDING: ("楼栋", "Building", "栋"),
                PlaceKind.FLOOR: ("楼层", "Floor", "层"),
                PlaceKind.AREA: ("区域", "Area"),
                PlaceKind.ROOM: ("房间", "Room"),
                PlaceKind.EQUIPMENT: ("设备", "Equipment"),
                PlaceKind.CHECKPOINT: ("巡查点", "Checkpoint", "点位"),
            },
            example="巡查点",
        ),
        Code("number", zh="编号", en="Number", limit=40, default=""),
        Integer("household_count", zh="户数", en="Households", minimum=0, default=0),
        Decimal("latitude", zh="纬度", en="Latitude", places=6, minimum=-90, maximum=90),
        Decimal("longitude", zh="经度", en="Longitude", places=6, minimum=-180, maximum=180),
        Integer("radius_m", zh="打卡半径", en="Radius", unit="m", minimum=1, maximum=RADIUS_LIMIT_M, default=DEFAULT_RADIUS_M),
        Boolean("is_rotating", zh="动态码", en="Changing code", default=False),
        Decimal("plan_x", zh="平面图横坐标", en="Plan x", unit="%", places=2, minimum=0, maximum=100),
        Decimal("plan_y", zh="平面图纵坐标", en="Plan y", unit="%", places=2, minimum=0, maximum=100),
    ),
    unique=(("estate", "place"),),
    save="duban.estates.services.imports.places_save",
    note=_("Places above that have no row of their own are made as areas."),
)

POSTS = Importer(
    kind="posts",
    label=_("Posts"),
    permission=Right.EDIT,
    columns=(
        ESTATE,
        Choice("service_line", zh="专项", en="Service line", required=True, choices=SERVICE_LINE_WORDS, example="秩序维护"),
        Text("name", zh="岗位名称", en="Post", required=True, limit=60, example="东门日岗"),
        Reference(
            "place",
            zh="点位",
            en="Place",
            lookup="duban.estates.selectors.imports.place_keys",
            also=("estate",),
            example="东门",
        ),
        Decimal(
            "hours_per_week", zh="每周工时", en="Hours per week", required=True, places=1, minimum=0, maximum=168, example="84"
        ),
        Decimal("heads", zh="人数", en="Heads", places=1, minimum=0, default=1, example="1"),
        Decimal("crew_size", zh="编制人数", en="Crew", places=1, minimum=0, default=0, example="4"),
        Choice(
            "pattern",
            zh="班次",
            en="Shifts",
            default=Pattern.ONE_8,
            choices={
                Pattern.ONE_8: ("8小时一班", "1x8"),
                Pattern.ONE_12: ("12小时一班", "1x12"),
                Pattern.TWO_12: ("12小时两班", "2x12"),
                Pattern.THREE_8: ("8小时三班", "3x8"),
            },
            example="12小时两班",
        ),
        Time("first_shift_at", zh="首班时间", en="First shift begins", example="07:00"),
        Choice(
            "fence",
            zh="围栏规则",
            en="Geofence",
            default=Fence.EXCEPTION,
            choices={
                Fence.BLOCK: ("范围外拒绝", "Block"),
                Fence.EXCEPTION: ("范围外记异常", "Exception"),
                Fence.IGNORE: ("不看位置", "Ignore"),
            },
            example="范围外记异常",
        ),
        Boolean("is_night", zh="夜岗", en="Night", default=False),
        Boolean("is_active", zh="在用", en="Active", default=True),
    ),
    unique=(("estate", "service_line", "name"),),
    save="duban.estates.services.imports.posts_save",
    note=_("One row per post. Rows whose estate, service line and name exist are updated."),
)

ESTATES_EXPORT = Exporter(importer=ESTATES, rows="duban.estates.selectors.imports.estate_export_rows")
PLACES_EXPORT = Exporter(importer=PLACES, rows="duban.estates.selectors.imports.place_export_rows")
POSTS_EXPORT = Exporter(importer=POSTS, rows="duban.estates.selectors.imports.post_export_rows")
