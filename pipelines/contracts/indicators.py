"""The indicators (DATA.md §4): how each is made of statistics, its unit, direction, ranking policy and texts."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from pipelines.contracts.policy import BurdenConstants
from pipelines.contracts.statistics import LEDGER_OF


class Kind(StrEnum):
    """How points combine: average per point and reported month, ratio of sums, or a register without sampling."""

    MEAN = "mean"
    RATIO = "ratio"
    REGISTER = "register"


class Better(StrEnum):
    """The direction that means less burden."""

    LOWER = "lower"
    HIGHER = "higher"
    NONE = "none"


class Unit(StrEnum):
    """Units; a share lies on the logit scale where it can."""

    SHARE = "share"
    PER_POINT_MONTH = "per_point_month"
    HOURS_PER_POINT_MONTH = "hours_per_point_month"
    PERSON_HOURS_PER_POINT_MONTH = "person_hours_per_point_month"
    MINUTES_PER_POINT_MONTH = "minutes_per_point_month"
    DAYS_PER_POINT_MONTH = "days_per_point_month"
    PEOPLE = "people"
    PEOPLE_PER_INSPECTION = "people_per_inspection"
    ITEMS = "items"
    YEARS = "years"
    PER_YEAR = "per_year"
    PER_POINT = "per_point"
    MESSAGES = "messages"


class Domain(StrEnum):
    """The page that an indicator belongs to."""

    MEETINGS = "meetings"
    DOCUMENTS = "documents"
    INSPECTIONS = "inspections"
    ACCOMPANIMENT = "accompaniment"
    STAFFING = "staffing"
    STANDING = "standing"
    SURVEY = "survey"
    OVERVIEW = "overview"
    QUALITY = "quality"
    PLANS = "plans"
    FEEDBACK = "feedback"


Factor = float | Callable[[BurdenConstants], float]


@dataclass(frozen=True)
class Term:
    """A statistic times a factor, which may rest on the constants of `burden.toml`."""

    statistic: str
    factor: Factor = 1.0

    def coefficient(self, constants: BurdenConstants) -> float:
        """The factor as a number."""
        return self.factor(constants) if callable(self.factor) else self.factor


@dataclass(frozen=True)
class Indicator:
    """One indicator.

    `numerator` and `denominator` are sums of terms (no denominator: a mean). `universe` is the boolean column of
    `mart_point_month` that says which point-months count. `ranked` False = ranking withheld.
    """

    id: str
    kind: Kind
    unit: Unit
    better: Better
    ranked: bool
    domain: Domain
    universe: str
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]
    zh: str
    en: str
    definition_zh: str
    definition_en: str

    @property
    def ledger(self) -> str:
        """The ledger whose rows the numerator counts."""
        return LEDGER_OF[self.numerator[0].statistic] if self.numerator else self.domain.value

    @property
    def is_share(self) -> bool:
        """Is the unit a share (interval on the logit scale where 0 < estimate < 1)?"""
        return self.unit is Unit.SHARE

    def name(self, lang: str) -> str:
        """The name in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en

    def definition(self, lang: str) -> str:
        """The definition in `zh` or `en`."""
        return self.definition_zh if lang == "zh" else self.definition_en


LOWER, HIGHER, NEITHER = Better.LOWER, Better.HIGHER, Better.NONE
INDICATORS: dict[str, Indicator] = {}


def _add(  # one declaration a line below; the tuple of arguments is the table of DATA.md §4
    id_: str, domain: Domain, universe: str, numerator: str | tuple[Term, ...], denominator: str | None, unit: Unit,
    better: Better, names: tuple[str, str], definitions: tuple[str, str], *, ranked: bool = True,
    factor: Factor = 1.0,
) -> None:
    top = (Term(numerator, factor),) if isinstance(numerator, str) else numerator
    bottom = (Term(denominator),) if denominator else ()
    kind = Kind.REGISTER if not top else Kind.RATIO if bottom else Kind.MEAN
    INDICATORS[id_] = Indicator(
        id_, kind, unit, better, ranked, domain, universe, top, bottom, *names, *definitions,
    )


def _meetings() -> None:
    d, u, share = Domain.MEETINGS, "meetings_reported", Unit.SHARE
    _add("meetings", d, u, "meetings", None, Unit.PER_POINT_MONTH, LOWER, ("会议数", "Meetings"),
         ("样本点参加的会议场次，每点每月平均；零报告计为0，未报月份不计。",
          "Meetings that a point attended, average per point and reported month; nil returns count as 0."))
    _add("meeting_hours", d, u, "meeting_minutes", None, Unit.HOURS_PER_POINT_MONTH, LOWER,
         ("会议时长", "Meeting hours"),
         ("会议实际时长之和（小时），每点每月平均。", "Hours that meetings really took, per point and reported month."),
         factor=1 / 60)
    _add("meeting_person_hours", d, u, "meeting_person_minutes", None, Unit.PERSON_HOURS_PER_POINT_MONTH, LOWER,
         ("会议人时", "Meeting person-hours"),
         ("实际时长乘以参会人数之和（人时），每点每月平均。",
          "Actual duration times attendees, in person-hours per point and reported month."), factor=1 / 60)
    _add("stated_duration_share", d, u, "meetings_with_stated_duration", "meetings", share, HIGHER,
         ("有时长通知占比", "Meetings with stated duration"),
         ("通知中写明时长的会议 ÷ 全部会议。", "Meetings whose notice states a duration ÷ meetings."))
    _add("long_meeting_share", d, u, "meetings_over_90", "meetings", share, LOWER,
         ("超过90分钟占比", "Meetings over 90 minutes"),
         ("实际时长超过90分钟的会议 ÷ 全部会议。", "Meetings that really took over 90 minutes ÷ meetings."))
    _add("video_share", d, u, "meetings_video", "meetings", share, NEITHER, ("视频会议占比", "Video meetings"),
         ("视频形式的会议 ÷ 全部会议；不判好坏。", "Video meetings ÷ meetings; neither direction is better."),
         ranked=False)
    _add("principal_required_share", d, u, "meetings_principal_required", "meetings", share, LOWER,
         ("要求主要领导参加占比", "Principal required"),
         ("要求主要领导参加的会议 ÷ 全部会议。", "Meetings that the unit's principal must attend ÷ meetings."))
    _add("merged_share", d, u, "meetings_merged", "meetings", share, HIGHER, ("合并套开占比", "Merged meetings"),
         ("合并套开的会议 ÷ 全部会议。", "Meetings merged with others ÷ meetings."))
    _add("unplanned_meeting_share", d, u, "meetings_unplanned", "meetings", share, LOWER,
         ("计划外会议占比", "Unplanned meetings"),
         ("不在年度计划内的会议 ÷ 全部会议。", "Meetings outside the annual plan ÷ meetings."))
    _add("offday_meeting_share", d, u, "meetings_offday", "meetings", share, LOWER,
         ("休息日会议占比", "Meetings on days off"),
         ("在国家规定的休息日（含调休后的休息日）召开的会议 ÷ 全部会议。",
          "Meetings on a non-working day of the official calendar (make-up working days are working days) ÷ meetings."))
    _add("meeting_accompaniment_rate", Domain.ACCOMPANIMENT, u, "meeting_accompanying", "meeting_attendees", share,
         LOWER, ("陪会率", "Accompaniment rate"),
         ("陪会人数之和 ÷ 参会人数之和；陪会指与议题无关而被要求到会。",
          "People sent although the topic is not theirs ÷ attendees."))


def _documents() -> None:
    d, u, share = Domain.DOCUMENTS, "documents_reported", Unit.SHARE
    _add("documents", d, u, "documents", None, Unit.PER_POINT_MONTH, LOWER, ("文件数", "Documents"),
         ("样本点收到的文件份数（同一文号30天内重复收到的只计一次），每点每月平均。",
          "Receipts that do not repeat a document number received within 30 days, per point and reported month."))
    _add("duplicate_document_share", d, u, "cross_carrier_repeats", "receipts", share, LOWER,
         ("异载体重复占比", "Repeats on another carrier"),
         ("同一文号30天内又以另一种载体收到的份数 ÷ 全部收文。",
          "Receipts that repeat, within 30 days and on another carrier, an earlier receipt ÷ receipts."))
    _add("long_document_share", d, u, "long_documents", "documents_with_characters", share, LOWER,
         ("超过4000字占比", "Documents over 4,000 characters"),
         ("非综合性且超过4000字的文件 ÷ 填有字数的收文。",
          "Not comprehensive and over 4,000 characters, of receipts that state characters."))
    _add("informal_document_share", d, u, "informal_documents", "receipts", share, LOWER,
         ("非正式渠道占比", "Informal channels"),
         ("便函、白头文件，或经工作群、政务APP下发的份数 ÷ 全部收文。",
          "Letters and plain papers, or receipts through chat groups and apps ÷ receipts."))
    _add("report_demand_share", d, u, "reports_demanded", "receipts", share, LOWER,
         ("要求报材料占比", "Reports demanded"),
         ("要求报送材料的份数 ÷ 全部收文。", "Receipts that demand a report ÷ receipts."))
    _add("short_notice_share", d, u, "short_notice_documents", "documents_with_reply_days", share, LOWER,
         ("三天内反馈占比", "Replies due within 3 days"),
         ("反馈时限不超过3天的份数 ÷ 写明反馈时限的收文。",
          "Receipts with a reply due in 3 days or fewer, of those that state a time."))


def _inspections() -> None:
    d, u, share = Domain.INSPECTIONS, "inspections_reported", Unit.SHARE
    _add("inspections", d, u, "inspections", None, Unit.PER_POINT_MONTH, LOWER, ("督查检查考核", "Inspections"),
         ("样本点迎接的督查、检查、考核、调研、评比、巡察次数，每点每月平均。",
          "Inspections, assessments and study visits received, per point and reported month."))
    _add("unplanned_inspection_share", d, u, "inspections_unplanned", "inspections", share, LOWER,
         ("计划外督查占比", "Unplanned inspections"),
         ("不在年度计划内的督查检查考核 ÷ 全部次数。", "Inspections outside the annual plan ÷ inspections."))
    _add("unannounced_share", d, u, "inspections_unannounced", "inspections", share, HIGHER,
         ("不打招呼占比", "Unannounced inspections"),
         ("未事先通知的督查检查考核 ÷ 全部次数。", "Inspections without notice ÷ inspections."))
    _add("repeat_inspection_share", d, u, "inspections_repeat", "inspections", share, LOWER,
         ("七天内重复占比", "Repeats within 7 days"),
         ("同一样本点此前7天内已有一次的督查检查考核 ÷ 全部次数。",
          "Inspections that follow another of the same point within 7 days ÷ inspections."))
    _add("materials_per_inspection", d, u, "inspection_materials", "inspections", Unit.ITEMS, LOWER,
         ("每次要求材料", "Materials per inspection"),
         ("要求的台账材料份数 ÷ 督查检查考核次数。", "Material items demanded ÷ inspections."))
    _add("ranked_share", d, u, "inspections_ranked", "inspections", share, LOWER, ("评比排名占比", "With ranking"),
         ("带评比排名的督查检查考核 ÷ 全部次数。", "Inspections that rank units ÷ inspections."))
    _add("solved_share", d, u, "problems_solved", "problems_found", share, HIGHER, ("问题帮助解决率", "Problems solved"),
         ("帮助解决的问题数 ÷ 发现的问题数。", "Problems that inspectors helped to solve ÷ problems found."), ranked=False)
    _add("inspection_accompaniment", Domain.ACCOMPANIMENT, u, "inspection_accompanying", "inspections",
         Unit.PEOPLE_PER_INSPECTION, LOWER, ("每次陪同人数", "Escorts per inspection"),
         ("陪同人数之和 ÷ 督查检查考核次数。", "People who escort ÷ inspections."))
    _add("principal_accompanied_share", Domain.ACCOMPANIMENT, u, "inspections_principal_accompanied", "inspections",
         share, LOWER, ("主要领导陪同占比", "Escorted by the principal"),
         ("主要领导陪同的督查检查考核 ÷ 全部次数。", "Inspections escorted by the unit's principal ÷ inspections."))


def _staff() -> None:
    d, u, share, year = Domain.STAFFING, "staff_reported", Unit.SHARE, Unit.PER_YEAR
    _add("headcount", d, u, "headcount", None, Unit.PEOPLE, NEITHER, ("在册人数", "Headcount"),
         ("花名册人数，每点每月平均。", "People on the roster, per point and reported month."), ranked=False)
    _add("under35_share", d, u, "under35", "headcount", share, HIGHER, ("35岁以下占比", "Under 35"),
         ("报告月年龄不满35周岁的人数 ÷ 在册人数。", "People younger than 35 in the roster month ÷ headcount."))
    _add("over50_share", d, u, "over50", "headcount", share, LOWER, ("50岁及以上占比", "50 and over"),
         ("报告月年满50周岁的人数 ÷ 在册人数。", "People aged 50 or more in the roster month ÷ headcount."))
    _add("mean_age", d, u, "age_months", "headcount", Unit.YEARS, LOWER, ("平均年龄", "Mean age"),
         ("年龄（按整月计）之和 ÷ 12 ÷ 在册人数。", "Age in whole months ÷ 12, per person on the roster."), factor=1 / 12)
    _add("public_institution_share", d, u, "public_institution", "headcount", share, NEITHER,
         ("事业编制占比", "Public-institution posts"),
         ("事业编制人数 ÷ 在册人数；不判好坏。", "Public-institution posts ÷ headcount."), ranked=False)
    _add("seconded_share", d, u, "seconded", "headcount", share, LOWER, ("借调外出占比", "Seconded out"),
         ("在岗状态为借调外出的人数 ÷ 在册人数。", "People lent to other units ÷ headcount."))
    _add("vacancy_rate", d, "posts_reported", "posts_vacant", "posts_established", share, LOWER,
         ("空编率", "Vacancy rate"),
         ("（编制数 − 在册人数）÷ 编制数，只计编制数与花名册俱全的点月。",
          "(Established posts − headcount) ÷ established posts, over point-months that have both."))
    _add("separation_rate", d, u, "separations", "headcount", year, LOWER, ("年化离职率", "Separation rate"),
         ("12 ×（遴选、选调、辞职、退休、调出、辞退）÷ 人月数。",
          "12 × people who left for good ÷ person-months on the roster."), factor=12)
    _add("upward_drain_rate", d, u, "drained", "headcount", year, LOWER, ("上级抽走率", "Upward drain rate"),
         ("12 ×（遴选、选调）÷ 人月数。", "12 × people selected or appointed upwards ÷ person-months."), factor=12)
    _add("resignation_rate", d, u, "resigned", "headcount", year, LOWER, ("辞职率", "Resignation rate"),
         ("12 × 辞职人数 ÷ 人月数。", "12 × resignations ÷ person-months."), factor=12)
    _add("in_term_departure_share", d, u, "departures_in_term", "departures_term_known", share, LOWER,
         ("服务期内离开占比", "Departures within service term"),
         ("服务期内离开的人数 ÷ 已知是否在服务期内的离开人数。",
          "Departures within the service term, of those for which it is known."), ranked=False)
    _add("long_secondment_share", d, u, "long_secondments", "secondments_months_known", share, LOWER,
         ("超6个月借调占比", "Secondments over 6 months"),
         ("约定期限超过6个月的借调 ÷ 填有期限的借调。", "Secondments agreed for over 6 months, of those that state it."))
    _add("recruitment_rate", d, u, "joined", "headcount", year, NEITHER, ("进入率", "Recruitment rate"),
         ("12 ×（招录、调入）÷ 人月数。", "12 × people recruited or transferred in ÷ person-months."),
         ranked=False, factor=12)
    _add("net_flow_rate", d, u, (Term("joined", 12), Term("separations", -12)), "headcount", year, NEITHER,
         ("净变动率", "Net flow rate"),
         ("12 ×（招录、调入 − 六类离开）÷ 人月数。", "12 × (joined − left for good) ÷ person-months."), ranked=False)


def _standing_and_survey() -> None:
    for id_, zh, en in (
        ("responsibility_letters", "责任状份数", "Responsibility letters"), ("veto_items", "一票否决事项", "Veto items"),
        ("apps", "政务APP数", "Government apps"), ("official_accounts", "公众号数", "Official accounts"),
        ("chat_groups", "工作群数", "Chat groups"), ("plaques", "挂牌数", "Plaques"),
        ("check_ins", "打卡任务数", "Check-in tasks"), ("certificates", "证明事项数", "Certificates"),
    ):
        _add(id_, Domain.STANDING, "standing_reported", id_, None, Unit.PER_POINT, LOWER, (zh, en),
             (f"样本点每月承担的{zh}，每点平均。", f"{en} that a point carries, average per point and reported month."))
    d, u = Domain.SURVEY, "survey_reported"
    _add("felt_relief_share", d, u, "felt_relief", "valid_forms", Unit.SHARE, HIGHER,
         ("感到减负占比", "Feel relieved"),
         ("问卷中感到负担减轻的人数 ÷ 有效问卷数。", "Respondents who feel relieved ÷ valid forms."), ranked=False)
    _add("leave_taken_share", d, u, "leave_taken", "leave_entitled", Unit.SHARE, HIGHER,
         ("年休假落实率", "Leave taken"), ("实休天数 ÷ 应休天数。", "Leave days taken ÷ leave days entitled."))
    _add("weekend_days", d, u, "weekend_days", None, Unit.DAYS_PER_POINT_MONTH, LOWER,
         ("周末加班天数", "Weekend days worked"),
         ("周末加班天数，每点每月平均。", "Weekend days worked, per point and reported month."))
    _add("burden_hours", Domain.OVERVIEW, "burden_reported", (
        Term("meeting_person_minutes", 1 / 60),
        Term("inspection_escort_days", lambda c: c.escort_hours_per_person_day),
        Term("inspection_materials", lambda c: c.hours_per_material),
        Term("document_characters", lambda c: 1 / c.characters_per_hour),
        Term("documents_without_characters", lambda c: c.characters_where_empty / c.characters_per_hour),
        Term("reports_demanded", lambda c: c.hours_per_report),
    ), None, Unit.PERSON_HOURS_PER_POINT_MONTH, LOWER, ("负担工时", "Burden hours"),
         ("会议、陪同、备料、阅文和报材料占用的人时，按公布的常数折算，每点每月平均；只计三本台账俱全的点月。",
          "Person-hours taken by meetings, escorts, materials, reading and reports, by the published constants; "
          "over point-months with all three ledgers reported."))
    _add("reporting_minutes", Domain.QUALITY, "minutes_reported", "reporting_minutes", None,
         Unit.MINUTES_PER_POINT_MONTH, LOWER, ("填报用时", "Reporting minutes"),
         ("各台账填报用时之和（分钟），每点每月平均，只计填写了用时的点月。",
          "Minutes that returns took, per point-month with a return that states it."))


def _registers() -> None:
    plans, feedback = Domain.PLANS, Domain.FEEDBACK
    _add("plan_used_share", plans, "", (), None, Unit.SHARE, LOWER, ("限额使用率", "Ceiling used"),
         ("本年已发生 ÷ 年度限额；登记数，无抽样误差。", "Issued this year ÷ annual ceiling; a register, no sampling error."))
    _add("plan_projection", plans, "", (), None, Unit.SHARE, LOWER, ("年底预计使用率", "Projected use at year-end"),
         ("预计年底发生数 ÷ 年度限额，附80%预测区间。",
          "Projected year-end count ÷ annual ceiling, with an 80% prediction interval."))
    _add("feedback_count", feedback, "", (), None, Unit.MESSAGES, NEITHER, ("谈减负留言数", "Feedback messages"),
         ("谈减负通道收到的留言数。", "Messages from the feedback channel."), ranked=False)
    _add("feedback_closed_30d_share", feedback, "", (), None, Unit.SHARE, HIGHER,
         ("30天办结率", "Closed within 30 days"),
         ("30天内办结 ÷ 提交已满30天的留言。", "Closed within 30 days ÷ messages older than 30 days."), ranked=False)
    _add("feedback_action_share", feedback, "", (), None, Unit.SHARE, HIGHER, ("办结有处理占比", "Closed with action"),
         ("处理方式不为“无”的 ÷ 已办结留言。", "Action other than none ÷ closed messages."), ranked=False)


for _declare in (_meetings, _documents, _inspections, _staff, _standing_and_survey, _registers):
    _declare()
