"""Ledgers of contracts and their lines: which columns come in, and go out again."""

import decimal
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from duban.contracts.models import FeeBasis, RenewalMode
from duban.contracts.permissions import Code as Right
from duban.estates.domain.service_line_words import SERVICE_LINE_WORDS
from duban.platform.exports import Exporter
from duban.platform.imports import Boolean, Choice, Code, Date, Decimal, Importer, Integer, Reference, Text
from duban.vendors.models import SizeClass

SIZE_WORDS: Mapping[str, tuple[str, ...]] = {
    SizeClass.LARGE: ("大型", "Large", "大型企业"),
    SizeClass.MEDIUM: ("中型", "Medium", "中型企业"),
    SizeClass.SMALL: ("小型", "Small", "小型企业"),
    SizeClass.MICRO: ("微型", "Micro", "微型企业"),
}
RENEWAL_WORDS: Mapping[str, tuple[str, ...]] = {
    RenewalMode.NONE: ("到期终止", "Ends"),
    RenewalMode.TACIT: ("自动续期", "Renews unless notice is given"),
    RenewalMode.EXPRESS: ("协商续签", "Renews only if both agree"),
}
FEE_BASIS_WORDS: Mapping[str, tuple[str, ...]] = {
    FeeBasis.LUMP_SUM: ("月度包干", "Lump sum per month", "包干"),
    FeeBasis.PER_POST: ("按岗计费", "Per post and month", "按岗"),
    FeeBasis.PER_M2: ("按面积计费", "Per m² and month", "按面积"),
    FeeBasis.PER_VISIT: ("按次计费", "Per visit", "按次"),
    FeeBasis.UNIT_PRICES: ("按单价计量", "Unit prices", "单价"),
}

CONTRACTS = Importer(
    kind="contracts",
    label=_("Contracts"),
    permission=Right.EDIT,
    columns=(
        Code("number", zh="合同编号", en="Contract number", required=True, limit=60, example="HY-2026-CL-001"),
        Text("title", zh="合同名称", en="Title", required=True, limit=120, example="翠湖花园保洁服务合同"),
        Reference(
            "office",
            zh="发包单位",
            en="Office",
            required=True,
            lookup="duban.contracts.selectors.imports.office_keys",
            example="上海城市公司",
        ),
        Reference(
            "vendor",
            zh="供应商",
            en="Vendor",
            required=True,
            lookup="duban.vendors.selectors.imports.company_keys",
            example="洁达环境",
        ),
        Date("signed_on", zh="签订日期", en="Signed on"),
        Date("starts_on", zh="生效日期", en="Starts on", required=True, example="2026-01-01"),
        Date("ends_on", zh="到期日期", en="Ends on", required=True, example="2026-12-31"),
        Choice("renewal_mode", zh="续签方式", en="Renewal", choices=RENEWAL_WORDS, default=RenewalMode.NONE),
        Integer("notice_days", zh="提前通知天数", en="Notice days", minimum=0, maximum=730, default=90),
        Code("currency", zh="币种", en="Currency", limit=3, upper=True, default="CNY"),
        Decimal("vat_rate", zh="税率", en="VAT rate", places=4, minimum=0, maximum=1, percent=True, default=0, example="6%"),
        Boolean("is_vat_included", zh="含税", en="VAT included", default=True),
        Decimal(
            "retention_rate", zh="质量保证金比例", en="Retention rate", places=4, minimum=0, maximum=1, percent=True, default=0
        ),
        Decimal(
            "deduction_cap_rate",
            zh="扣减上限比例",
            en="Deduction cap",
            places=4,
            minimum=0,
            maximum=1,
            percent=True,
            default=decimal.Decimal("0.2"),
        ),
        Integer("appeal_working_days", zh="申诉工作日", en="Appeal working days", minimum=0, maximum=60, default=3),
        Integer("payment_days", zh="付款天数", en="Payment days", minimum=0, maximum=365),
        Choice("vendor_size_class", zh="供应商规模", en="Vendor size class", required=True, choices=SIZE_WORDS, example="小型"),
        Choice("buyer_size_class", zh="发包方规模", en="Buyer size class", required=True, choices=SIZE_WORDS, example="大型"),
        Date("mobilisation_until", zh="进场磨合期至", en="Mobilisation until"),
        Boolean("is_in_performance", zh="履行中", en="In performance", default=True),
    ),
    unique=(("office", "number"),),
    check="duban.contracts.selectors.imports.contract_row_problems",
    save="duban.contracts.services.imports.contracts_save",
    note=_("One row per contract. A contract that is in performance is not changed by an import."),
)

CONTRACT_LINES = Importer(
    kind="contract_lines",
    label=_("Contract lines"),
    permission=Right.EDIT,
    columns=(
        Reference(
            "contract",
            zh="合同编号",
            en="Contract",
            required=True,
            lookup="duban.contracts.selectors.imports.contract_keys",
            example="HY-2026-CL-001",
        ),
        Integer("number", zh="行号", en="Line", required=True, minimum=1, maximum=9999, example="1"),
        Reference(
            "estate",
            zh="项目",
            en="Estate",
            required=True,
            lookup="duban.estates.selectors.imports.estate_keys",
            example="翠湖花园",
        ),
        Choice("service_line", zh="专项", en="Service line", required=True, choices=SERVICE_LINE_WORDS, example="保洁"),
        Reference(
            "standard",
            zh="服务标准",
            en="Standard",
            lookup="duban.contracts.selectors.imports.standard_keys",
            example="cleaning-2",
        ),
        Choice("fee_basis", zh="计费方式", en="Fee basis", required=True, choices=FEE_BASIS_WORDS, example="月度包干"),
        Decimal("unit_price_amount", zh="单价", en="Unit price", required=True, places=4, minimum=0, example="124800"),
        Decimal("quantity", zh="数量", en="Quantity", places=4, minimum=0, default=1),
        Decimal("post_count", zh="岗位数", en="Posts", places=1, minimum=0, default=0),
        Text("special_works", zh="特种作业", en="Special works", limit=120, default="", example="电梯、消防"),
        Text(
            "price_list",
            zh="单价清单",
            en="Price list",
            limit=20_000,
            default="",
            help=_("For unit prices: name | unit | price, several parted by ;."),
        ),
        Date("starts_on", zh="开始日期", en="Starts on", required=True, example="2026-01-01"),
        Date("ends_on", zh="结束日期", en="Ends on", required=True, example="2026-12-31"),
    ),
    unique=(("contract", "number"),),
    check="duban.contracts.selectors.imports.line_row_problems",
    save="duban.contracts.services.imports.lines_save",
    note=_("One row per estate and service of a contract. Two lines may not serve the same estate on the same day."),
)

CONTRACTS_EXPORT = Exporter(importer=CONTRACTS, rows="duban.contracts.selectors.imports.contract_export_rows")
CONTRACT_LINES_EXPORT = Exporter(importer=CONTRACT_LINES, rows="duban.contracts.selectors.imports.line_export_rows")
