"""Ledgers of vendors and certificates: which columns come in, and go out again."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from duban.platform.exports import Exporter
from duban.platform.imports import Choice, Code, Date, Importer, Reference, Text
from duban.vendors.domain.certificates import WORKER_KINDS, CertificateKind
from duban.vendors.domain.workers import Category, InsuranceKind
from duban.vendors.models import SizeClass
from duban.vendors.permissions import Code as Right

CERTIFICATE_WORDS: Mapping[str, tuple[str, ...]] = {
    CertificateKind.BUSINESS_LICENCE: ("营业执照", "Business licence"),
    CertificateKind.SECURITY_COMPANY: ("保安服务许可证", "Security service licence"),
    CertificateKind.GUARD: ("保安员证", "Security guard card"),
    CertificateKind.LIFT_COMPANY: ("特种设备生产许可证(电梯)", "Special equipment licence (lifts)", "电梯维保资质"),
    CertificateKind.LIFT_WORKER: ("特种设备作业人员证(电梯)", "Special equipment operator card (lifts)"),
    CertificateKind.FIRE_COMPANY: ("消防技术服务机构资质", "Fire protection service qualification", "消防维保资质"),
    CertificateKind.FIRE_OPERATOR: ("消防设施操作员证", "Fire facility operator certificate"),
    CertificateKind.ELECTRICIAN: ("电工特种作业操作证", "Electrician's permit", "电工证"),
    CertificateKind.HEIGHT_WORK: ("高处作业操作证", "Permit for work at height"),
    CertificateKind.HEALTH: ("健康证", "Health certificate", "健康证明"),
    CertificateKind.WASTE_TRANSPORT: ("城市生活垃圾经营性清运许可证", "Municipal waste transport permit"),
    CertificateKind.PEST_CONTROL: ("有害生物防制资质", "Pest control qualification"),
    CertificateKind.ISO_9001: ("质量管理体系认证", "ISO 9001 quality management", "ISO 9001"),
    CertificateKind.ISO_14001: ("环境管理体系认证", "ISO 14001 environmental management", "ISO 14001"),
    CertificateKind.ISO_45001: ("职业健康安全管理体系认证", "ISO 45001 occupational safety", "ISO 45001"),
    CertificateKind.CLEANING_GRADE: ("清洁行业等级资质", "Cleaning industry qualification"),
    CertificateKind.FACADE_CLEANING: ("高空外墙清洗资质", "High façade cleaning qualification"),
    CertificateKind.GREENING: ("绿化养护资质", "Greening upkeep qualification"),
    CertificateKind.PROPERTY_TRAINING: ("物业服务培训合格证", "Property service training certificate"),
    CertificateKind.INSURANCE: ("责任保险", "Liability insurance", "意外险"),
    CertificateKind.OTHER: ("其他证照", "Other certificate", "其他"),
}

VENDORS = Importer(
    kind="vendors",
    label=_("Vendors"),
    permission=Right.EDIT,
    columns=(
        Code(
            "credit_code",
            zh="统一社会信用代码",
            en="Unified social credit code",
            required=True,
            limit=18,
            upper=True,
            check=uscc.is_valid,
            aliases=("信用代码",),
            example="91320594MA1MXY2K30",
        ),
        Text("name", zh="企业名称", en="Company name", required=True, limit=120, example="上海洁达环境服务有限公司"),
        Text("short_name", zh="简称", en="Short name", limit=24, default="", example="洁达环境"),
        Choice(
            "size_class",
            zh="企业规模",
            en="Size class",
            required=True,
            choices={
                SizeClass.LARGE: ("大型", "Large", "大型企业"),
                SizeClass.MEDIUM: ("中型", "Medium", "中型企业"),
                SizeClass.SMALL: ("小型", "Small", "小型企业"),
                SizeClass.MICRO: ("微型", "Micro", "微型企业"),
            },
            example="小型",
        ),
        Text("service_lines", zh="服务专项", en="Service lines", required=True, limit=120, example="保洁、绿化养护"),
        Text("group_name", zh="控制人(集团)", en="Ownership group", limit=80, default="", aliases=("集团",)),
        Text("contact_name", zh="联系人", en="Contact", limit=40, default=""),
        Code("contact_phone", zh="联系电话", en="Contact phone", limit=20, default=""),
    ),
    unique=(("credit_code",),),
    check="duban.vendors.selectors.imports.vendor_row_problems",
    save="duban.vendors.services.imports.vendors_save",
    note=_("One row per company. Rows whose credit code exists are updated; an empty phone keeps the stored one."),
)

CERTIFICATES = Importer(
    kind="certificates",
    label=_("Certificates"),
    permission=Right.EDIT,
    columns=(
        Reference(
            "company",
            zh="供应商",
            en="Vendor",
            required=True,
            lookup="duban.vendors.selectors.imports.company_keys",
            example="洁达环境",
        ),
        Choice("kind", zh="证照类型", en="Kind", required=True, choices=CERTIFICATE_WORDS, example="保安服务许可证"),
        Code("number", zh="证照编号", en="Number", required=True, limit=60, example="沪公保服20200012"),
        Text("issuer", zh="发证机关", en="Issuer", limit=120, default=""),
        Text("holder_name", zh="持证人", en="Holder", limit=40, default=""),
        Date("valid_from", zh="有效期自", en="Valid from", required=True, example="2024-01-01"),
        Date("valid_until", zh="有效期至", en="Valid until", example="2026-12-31"),
    ),
    unique=(("company", "kind", "number"),),
    check="duban.vendors.selectors.imports.certificate_row_problems",
    save="duban.vendors.services.imports.certificates_save",
    note=_("One row per certificate. Rows whose vendor, kind and number exist are updated."),
)

COMPANY = Reference(
    "company",
    zh="供应商",
    en="Vendor",
    required=True,
    lookup="duban.vendors.selectors.imports.company_keys",
    example="安盾保安",
)
PERSON = Reference(
    "worker",
    zh="人员",
    en="Person",
    required=True,
    also=("company",),
    lookup="duban.vendors.selectors.worker_imports.worker_keys",
    example="WK-2026-0001",
    help=_("Code of the person, or the name where the company employs only one of that name."),
)

WORKERS = Importer(
    kind="workers",
    label=_("People of vendors"),
    permission=Right.WORKERS,
    columns=(
        COMPANY,
        Text("name", zh="姓名", en="Name", required=True, limit=40, example="王小明"),
        Code(
            "identity",
            zh="身份证号",
            en="Identity number",
            limit=24,
            upper=True,
            default="",
            help=_("Stored encrypted. It finds the person again; left empty, the name does."),
        ),
        Text("service_line", zh="服务专项", en="Service line", limit=24, default="", example="秩序维护"),
        Choice(
            "category",
            zh="岗位类别",
            en="Kind of post",
            default=Category.ORDINARY,
            choices={
                Category.BACKBONE: ("骨干", "Backbone post", "骨干岗"),
                Category.IMAGE: ("形象", "Image post", "形象岗"),
                Category.ORDINARY: ("普通", "Ordinary post", "普通岗"),
            },
            example="普通",
        ),
        Date("entered_on", zh="入职日期", en="First day of work", required=True, example="2025-03-01"),
        Date("left_on", zh="离职日期", en="Last day of work"),
    ),
    check="duban.vendors.selectors.worker_imports.worker_row_problems",
    save="duban.vendors.services.worker_imports.workers_save",
    note=_("One row per person. An empty identity number keeps the stored one."),
)

WORKER_CREDENTIALS = Importer(
    kind="worker_credentials",
    label=_("Personal credentials"),
    permission=Right.WORKERS,
    columns=(
        COMPANY,
        PERSON,
        Choice(
            "kind",
            zh="证照类型",
            en="Kind",
            required=True,
            choices={kind: words for kind, words in CERTIFICATE_WORDS.items() if kind in WORKER_KINDS},
            example="保安员证",
        ),
        Code("number", zh="证照编号", en="Number", required=True, limit=60, example="沪保20200012"),
        Text("issuer", zh="发证机关", en="Issuer", limit=120, default=""),
        Date("valid_from", zh="有效期自", en="Valid from", required=True, example="2024-01-01"),
        Date("valid_until", zh="有效期至", en="Valid until", example="2026-12-31"),
    ),
    unique=(("company", "worker", "kind", "number"),),
    check="duban.vendors.selectors.worker_imports.span_row_problems",
    save="duban.vendors.services.worker_imports.worker_credentials_save",
    note=_("One row per credential. What changes waits for verification again."),
)

INSURANCE_PROOFS = Importer(
    kind="insurance_proofs",
    label=_("Proofs of insurance"),
    permission=Right.WORKERS,
    columns=(
        COMPANY,
        PERSON,
        Choice(
            "kind",
            zh="险种",
            en="Kind",
            required=True,
            choices={
                InsuranceKind.SOCIAL: ("社会保险", "Social insurance", "社保"),
                InsuranceKind.ACCIDENT: ("意外险", "Accident insurance", "人身意外伤害保险"),
                InsuranceKind.EMPLOYER: ("雇主责任险", "Employer's liability insurance"),
            },
            example="社会保险",
        ),
        Code("number", zh="保单或缴费凭证号", en="Policy or receipt number", limit=60, default=""),
        Text("insurer", zh="承保机构", en="Insurer", limit=80, default=""),
        Date("valid_from", zh="保障起日", en="Insured from", required=True, example="2026-01-01"),
        Date("valid_until", zh="保障止日", en="Insured until", required=True, example="2026-12-31"),
    ),
    unique=(("company", "worker", "kind", "number", "valid_from"),),
    check="duban.vendors.selectors.worker_imports.span_row_problems",
    save="duban.vendors.services.worker_imports.insurance_proofs_save",
    note=_("One row per person and insured time."),
)

VENDORS_EXPORT = Exporter(importer=VENDORS, rows="duban.vendors.selectors.imports.vendor_export_rows")
CERTIFICATES_EXPORT = Exporter(importer=CERTIFICATES, rows="duban.vendors.selectors.imports.certificate_export_rows")
WORKERS_EXPORT = Exporter(
    importer=WORKERS, rows="duban.vendors.selectors.worker_imports.worker_export_rows", permission=Right.WORKERS
)
WORKER_CREDENTIALS_EXPORT = Exporter(
    importer=WORKER_CREDENTIALS,
    rows="duban.vendors.selectors.worker_imports.credential_export_rows",
    permission=Right.WORKERS,
)
INSURANCE_PROOFS_EXPORT = Exporter(
    importer=INSURANCE_PROOFS, rows="duban.vendors.selectors.worker_imports.proof_export_rows", permission=Right.WORKERS
)
