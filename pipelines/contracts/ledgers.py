"""The twelve ledgers that arrive: columns, headers in both languages, types, rules, keys (DATA.md §2)."""

from dataclasses import dataclass, field
from enum import StrEnum

from pipelines.contracts import codes
from pipelines.contracts.codes import CodeList


class ColumnType(StrEnum):
    """What a cell of the column means once parsed; the stored type is in brackets."""

    TEXT = "text"  # String, masked of personal data
    CODE = "code"  # String of a code list
    REGION = "region"  # String of digits: the first six, GB/T 2260
    POINT = "point"  # String: key of the register of points
    DATE = "date"  # Date
    MONTH = "month"  # Int32 YYYYMM
    TIMESTAMP = "timestamp"  # Datetime (date alone = midnight)
    INTEGER = "integer"  # Int64
    NUMBER = "number"  # Float64
    BOOLEAN = "boolean"  # Boolean


@dataclass(frozen=True)
class Column:
    """One column of a ledger.

    `minimum`/`maximum` bound numbers inclusively; `at_most`/`not_before` name the column of the same row that bounds
    this one (a two-column rule blames the column that carries it). `region_levels` are the levels a region may have;
    `below_county`: may the code be that of a township or village, of which the first six digits count?
    """

    name: str
    zh: str
    en: str
    type: ColumnType
    required: bool = True
    codes: CodeList | None = None
    minimum: float | None = None
    maximum: float | None = None
    at_most: str | None = None
    not_before: str | None = None
    region_levels: tuple[str, ...] = ()
    below_county: bool = False
    synonyms: tuple[str, ...] = ()

    def header(self, lang: str) -> str:
        """The header in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Ledger:
    """A kind of submission.

    `key` identifies what a row is about: a later row of the same key replaces an earlier one. `whole_row_key_without`
    names a key column without which the whole row is the key. `dated_by` is the column that dates a row (DATE or
    MONTH), against which activity of the point and the day of the refresh are checked. `return_code` is the word of
    `returns.ledger` for it; `reported_by_nil` says whether a nil return makes a true zero. `table` is the published one.
    """

    name: str
    zh: str
    en: str
    table: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    dated_by: str | None = None
    whole_row_key_without: str | None = None
    later_by: str | None = None
    return_code: str | None = None
    reported_by_nil: bool = False
    _index: dict[str, Column] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._index.update({c.name: c for c in self.columns})

    def column(self, name: str) -> Column:
        """The column of that canonical name. Raises KeyError."""
        return self._index[name]

    @property
    def has_point(self) -> bool:
        """Does a row belong to a registered point?"""
        return any(c.type is ColumnType.POINT for c in self.columns)


T = ColumnType


def _point() -> Column:
    return Column("point_id", "样本点编码", "Point", T.POINT, synonyms=("样本点代码", "点位编码", "监测点编码"))


def _month(synonyms: tuple[str, ...] = ("月份", "填报月份")) -> Column:
    return Column("month", "报告期", "Month", T.MONTH, synonyms=synonyms)


def _text(name: str, zh: str, en: str, required: bool = True) -> Column:
    return Column(name, zh, en, T.TEXT, required)


def _code(name: str, zh: str, en: str, code_list: CodeList, required: bool = True) -> Column:
    return Column(name, zh, en, T.CODE, required, codes=code_list)


def _bool(name: str, zh: str, en: str, required: bool = True) -> Column:
    return Column(name, zh, en, T.BOOLEAN, required)


def _count(
    name: str, zh: str, en: str, minimum: int = 0, *, required: bool = True, maximum: int | None = None,
    at_most: str | None = None,
) -> Column:
    return Column(name, zh, en, T.INTEGER, required, minimum=minimum, maximum=maximum, at_most=at_most)


POINTS = Ledger("points", "样本点名录", "Register of points", "dim_point", ("point_id",), (
    Column("point_id", "样本点编码", "Point", T.TEXT, synonyms=("样本点代码", "点位编码", "监测点编码")),
    _text("point_name", "样本点名称", "Point name"),
    _code("point_type", "样本点类型", "Point type", codes.POINT_TYPE),
    Column("region_code", "区划代码", "Region code", T.REGION, region_levels=("city", "county"), below_county=True),
    _code("selection", "选取方式", "Selection", codes.SELECTION),
    Column("active_from", "启用月份", "Active from", T.MONTH),
    Column("active_to", "停用月份", "Active to", T.MONTH, required=False, not_before="active_from"),
))
FRAME = Ledger("frame", "抽样框", "Sampling frame", "dim_stratum", ("city_code", "point_type"), (
    Column("city_code", "地市代码", "City code", T.REGION, region_levels=("city",)),
    _code("point_type", "样本点类型", "Point type", codes.POINT_TYPE),
    _count("population_units", "总体单位数", "Units in the population", 1),
))
RETURNS = Ledger("returns", "报送回执", "Returns", "fact_return", ("point_id", "month", "ledger"), (
    _point(),
    _month(),
    _code("ledger", "台账", "Ledger", codes.RETURN_LEDGER),
    _bool("nil_return", "零报告", "Nil return"),
    Column("submitted_at", "报送时间", "Submitted at", T.TIMESTAMP),
    _count("minutes_spent", "填报用时(分钟)", "Minutes spent", required=False),
), dated_by="month", later_by="submitted_at")
MEETINGS = Ledger("meetings", "会议台账", "Meetings", "fact_meeting", ("point_id", "meeting_id"), (
    _point(),
    _text("meeting_id", "会议编号", "Meeting id"),
    Column("date", "会议日期", "Date", T.DATE, synonyms=("召开日期", "开会日期")),
    _text("title", "会议名称", "Title"),
    _code("level", "召开层级", "Level", codes.LEVEL),
    _text("organiser", "召开单位", "Organiser"),
    _code("topic", "主题类别", "Topic", codes.TOPIC),
    _code("form", "会议形式", "Form", codes.MEETING_FORM),
    _count("stated_minutes", "通知时长(分钟)", "Stated minutes", required=False),
    _count("actual_minutes", "实际时长(分钟)", "Actual minutes", 1, maximum=1440),
    _count("attendees", "参会人数", "Attendees", 1),
    _count("accompanying", "陪会人数", "Accompanying", at_most="attendees"),
    _bool("principal_required", "要求主要领导参加", "Principal required"),
    _bool("planned", "计划内", "Planned"),
    _bool("merged", "合并套开", "Merged"),
), dated_by="date", return_code="meetings", reported_by_nil=True)
DOCUMENTS = Ledger("documents", "文件台账", "Documents", "fact_document",
                   ("point_id", "document_no", "date", "carrier"), (
    _point(),
    _text("document_no", "文号", "Document number", required=False),
    Column("date", "收文日期", "Date received", T.DATE, synonyms=("收到日期",)),
    _text("title", "标题", "Title"),
    _code("level", "发文层级", "Level", codes.LEVEL),
    _text("issuer", "发文单位", "Issuer"),
    _code("kind", "文种", "Kind", codes.DOCUMENT_KIND),
    _code("carrier", "载体", "Carrier", codes.CARRIER),
    _count("pages", "页数", "Pages", 1, required=False),
    _count("characters", "字数", "Characters", 1, required=False),
    _bool("comprehensive", "综合性文件", "Comprehensive"),
    _bool("report_demanded", "要求报送材料", "Report demanded"),
    _count("reply_days", "反馈时限(天)", "Reply days", required=False),
), dated_by="date", whole_row_key_without="document_no", return_code="documents", reported_by_nil=True)
INSPECTIONS = Ledger("inspections", "督查检查考核台账", "Inspections", "fact_inspection",
                     ("point_id", "inspection_id"), (
    _point(),
    _text("inspection_id", "督查编号", "Inspection id"),
    Column("start_date", "开始日期", "Start", T.DATE),
    Column("end_date", "结束日期", "End", T.DATE, not_before="start_date"),
    _text("title", "名称", "Title"),
    _code("level", "层级", "Level", codes.LEVEL),
    _text("organiser", "组织单位", "Organiser"),
    _code("kind", "类别", "Kind", codes.INSPECTION_KIND),
    _bool("planned", "计划内", "Planned"),
    _bool("announced", "事先通知", "Announced"),
    _count("inspectors", "检查组人数", "Inspectors", 1),
    _count("accompanying", "陪同人数", "Accompanying"),
    _bool("principal_accompanied", "主要领导陪同", "Principal accompanied"),
    _count("materials", "要求台账材料份数", "Materials demanded"),
    _bool("ranked", "评比排名", "Ranked"),
    _count("problems_found", "发现问题数", "Problems found"),
    _count("problems_solved", "帮助解决问题数", "Problems solved"),
), dated_by="start_date", return_code="inspections", reported_by_nil=True)
STAFF = Ledger("staff", "人员台账", "Staff roster", "fact_staff", ("point_id", "month", "person_id"), (
    _point(),
    _month(),
    _text("person_id", "人员代码", "Person"),
    Column("birth_month", "出生年月", "Birth month", T.MONTH),
    _code("gender", "性别", "Gender", codes.GENDER, required=False),
    _code("post_type", "编制类型", "Post type", codes.POST_TYPE),
    Column("entry_month", "入职年月", "Entry month", T.MONTH, required=False),
    _code("status", "在岗状态", "Status", codes.STAFF_STATUS),
), dated_by="month", return_code="staff")
STAFF_MOVES = Ledger("staff_moves", "人员变动台账", "Staff moves", "fact_staff_move",
                     ("point_id", "person_id", "date", "move"), (
    _point(),
    Column("date", "变动日期", "Date", T.DATE, synonyms=("异动日期",)),
    _text("person_id", "人员代码", "Person"),
    _code("move", "变动类型", "Move", codes.MOVE),
    _code("to_level", "去向层级", "Destination level", codes.LEVEL, required=False),
    _bool("in_service_term", "服务期内", "In service term", required=False),
    _count("months_agreed", "借调期限(月)", "Months agreed", required=False),
), dated_by="date")
STANDING = Ledger("standing", "存量事项台账", "Standing items", "fact_standing", ("point_id", "month"), (
    _point(),
    _month(),
    _count("responsibility_letters", "责任状份数", "Responsibility letters"),
    _count("veto_items", "一票否决事项数", "Veto items"),
    _count("apps", "政务APP数", "Government apps"),
    _count("official_accounts", "公众号数", "Official accounts"),
    _count("chat_groups", "工作群数", "Chat groups"),
    _count("plaques", "挂牌数", "Plaques"),
    _count("check_ins", "打卡任务数", "Check-in tasks"),
    _count("certificates", "证明事项数", "Certificates"),
    _count("posts_established", "编制数", "Established posts", required=False),
), dated_by="month", return_code="standing")
PLANS = Ledger("plans", "计划限额台账", "Plan ceilings", "fact_plan",
               ("region_code", "year", "level", "item", "as_of"), (
    Column("region_code", "区划代码", "Region code", T.REGION, region_levels=("province", "city", "county")),
    _count("year", "年度", "Year", 2000, maximum=2100),
    _code("level", "层级", "Level", codes.LEVEL),
    _code("item", "类别", "Item", codes.PLAN_ITEM),
    _count("previous_actual", "上年实际", "Actual of the year before"),
    _count("ceiling", "年度限额", "Ceiling"),
    _count("issued", "本年已发生", "Issued this year"),
    Column("as_of", "截至日期", "As of", T.DATE),
), dated_by="as_of")
SURVEY = Ledger("survey", "问卷台账", "Survey", "fact_survey", ("point_id", "month"), (
    _point(),
    _month(),
    _count("valid_forms", "有效问卷数", "Valid forms"),
    _count("felt_relief", "感到减负人数", "Felt relief", at_most="valid_forms"),
    Column("weekend_days", "周末加班天数", "Weekend days worked", T.NUMBER, minimum=0),
    Column("leave_entitled", "年休假应休天数", "Leave entitled", T.NUMBER, minimum=0),
    Column("leave_taken", "实休天数", "Leave taken", T.NUMBER, minimum=0, at_most="leave_entitled"),
), dated_by="month", return_code="survey")
FEEDBACK = Ledger("feedback", "谈减负留言", "Feedback", "fact_feedback", ("feedback_id",), (
    _text("feedback_id", "编号", "Feedback id"),
    Column("submitted_at", "提交时间", "Submitted at", T.TIMESTAMP),
    Column("region_code", "区划代码", "Region code", T.REGION, region_levels=("province", "city", "county"),
           below_county=True),
    _code("kind", "类型", "Kind", codes.FEEDBACK_KIND),
    _code("theme", "主题", "Theme", codes.THEME),
    _text("text", "内容", "Text"),
    _code("status", "状态", "Status", codes.FEEDBACK_STATUS),
    Column("closed_at", "办结日期", "Closed on", T.DATE, required=False),
    _code("action", "处理方式", "Action", codes.ACTION),
), dated_by="submitted_at")

LEDGERS: dict[str, Ledger] = {
    ledger.name: ledger
    for ledger in (
        POINTS, FRAME, RETURNS, MEETINGS, DOCUMENTS, INSPECTIONS, STAFF, STAFF_MOVES, STANDING, PLANS, SURVEY, FEEDBACK,
    )
}

# Headers whose columns never enter: dropped and reported. Compared after removing spaces and bracketed remarks.
PERSONAL_HEADERS = (
    "姓名", "名字", "身份证号", "身份证号码", "身份证", "公民身份号码", "证件号码", "证件号", "手机号", "手机号码", "手机",
    "联系电话", "联系方式", "电话", "电话号码", "移动电话", "住址", "家庭住址", "银行卡号", "邮箱", "电子邮箱", "微信号",
    "name", "fullname", "idcard", "idnumber", "mobile", "mobilenumber", "phone", "phonenumber", "telephone", "email",
)  # fmt: skip
