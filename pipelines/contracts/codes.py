"""Code lists: the closed vocabularies of the ledgers, with Chinese and English labels.

A word of a submission is accepted when it is the code, a label or a listed synonym of the entry.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """One entry of a code list: the canonical word and its labels."""

    code: str
    zh: str
    en: str
    synonyms: tuple[str, ...] = ()

    def label(self, lang: str) -> str:
        """The label in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class CodeList:
    """A closed vocabulary, in its meaningful order."""

    name: str
    entries: tuple[Code, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Canonical words in order."""
        return tuple(e.code for e in self.entries)

    def words(self) -> dict[str, str]:
        """Every accepted word (casefolded) to its code."""
        return {w.casefold(): e.code for e in self.entries for w in (e.code, e.zh, e.en, *e.synonyms)}

    def parse(self, word: str) -> str | None:
        """The code that a word means, None where the list has no such word."""
        return self.words().get(word.strip().casefold())

    def label(self, code: str, lang: str) -> str:
        """The label of a code; the code itself where the list has no such code."""
        return next((e.label(lang) for e in self.entries if e.code == code), code)


POINT_TYPE = CodeList("point_type", (
    Code("county_department", "县直部门", "County department"),
    Code("township", "乡镇", "Township", ("乡", "镇")),
    Code("subdistrict", "街道", "Subdistrict", ("街道办事处",)),
    Code("village", "村", "Village", ("行政村",)),
    Code("community", "社区", "Community"),
    Code("enterprise", "企业", "Enterprise"),
    Code("mine_factory", "厂矿", "Mine or factory"),
    Code("school", "学校", "School"),
    Code("hospital", "医院", "Hospital"),
    Code("research_institute", "科研单位", "Research institute", ("科研院所",)),
))
SELECTION = CodeList("selection", (
    Code("probability", "概率抽样", "Probability sample"),
    Code("purposive", "典型观测", "Observation point"),
))
LEVEL = CodeList("level", (
    Code("province", "省", "Province", ("省级",)),
    Code("city", "市", "City", ("市级",)),
    Code("county", "县", "County", ("县级",)),
    Code("township", "乡", "Township", ("乡级", "乡镇", "镇")),
))
RETURN_LEDGER = CodeList("ledger", (
    Code("meetings", "会议", "Meetings", ("会议台账",)),
    Code("documents", "文件", "Documents", ("文件台账",)),
    Code("inspections", "督查检查考核", "Inspections", ("督查检查考核台账",)),
    Code("staff", "人员", "Staff", ("人员台账",)),
    Code("standing", "存量事项", "Standing items", ("存量事项台账",)),
    Code("survey", "问卷", "Survey"),
))
TOPIC = CodeList("topic", (
    Code("party", "党建", "Party building"),
    Code("economy", "经济", "Economy"),
    Code("governance", "综治", "Public order"),
    Code("environment", "环保", "Environment"),
    Code("safety", "安全", "Safety"),
    Code("poverty", "乡村振兴", "Rural revitalisation"),
    Code("other", "其他", "Other"),
))
MEETING_FORM = CodeList("form", (
    Code("onsite", "现场", "On site"),
    Code("video", "视频", "Video"),
    Code("phone", "电话", "Phone"),
))
DOCUMENT_KIND = CodeList("document_kind", (
    Code("formal", "正式文件", "Formal document"),
    Code("letter", "便函", "Letter"),
    Code("plain", "白头文件", "Plain paper"),
    Code("notice", "通知", "Notice"),
))
CARRIER = CodeList("carrier", (
    Code("paper", "纸质", "Paper"),
    Code("electronic", "电子", "Electronic"),
    Code("chat_group", "工作群", "Chat group"),
    Code("app", "政务APP", "Government app"),
    Code("phone", "电话", "Phone"),
))
INSPECTION_KIND = CodeList("inspection_kind", (
    Code("supervision", "督查", "Supervision"),
    Code("check", "检查", "Check"),
    Code("assessment", "考核", "Assessment"),
    Code("study", "调研", "Study visit"),
    Code("ranking", "评比", "Ranking"),
    Code("patrol", "巡察", "Disciplinary patrol"),
))
GENDER = CodeList("gender", (Code("male", "男", "Male"), Code("female", "女", "Female")))
POST_TYPE = CodeList("post_type", (
    Code("civil_servant", "行政", "Civil service"),
    Code("public_institution", "事业", "Public institution"),
    Code("support", "工勤", "Support"),
    Code("other", "其他", "Other"),
))
STAFF_STATUS = CodeList("status", (
    Code("on_post", "在岗", "On post"),
    Code("seconded_out", "借调外出", "Seconded out"),
    Code("attached", "挂职", "Attached elsewhere"),
    Code("long_leave", "长期离岗", "Long leave"),
))
MOVE = CodeList("move", (
    Code("recruited", "招录", "Recruited"),
    Code("transferred_in", "调入", "Transferred in"),
    Code("selected_up", "遴选", "Selected upwards"),
    Code("appointed_up", "选调", "Appointed upwards"),
    Code("seconded_out", "借调", "Seconded out"),
    Code("returned", "借调返回", "Returned from secondment"),
    Code("resigned", "辞职", "Resigned"),
    Code("retired", "退休", "Retired"),
    Code("transferred_out", "调出", "Transferred out"),
    Code("dismissed", "辞退", "Dismissed"),
))
JOINED = ("recruited", "transferred_in")
DRAINED = ("selected_up", "appointed_up")
SEPARATED = (*DRAINED, "resigned", "retired", "transferred_out", "dismissed")
AGE_BAND = CodeList("age_band", (
    Code("-24", "24岁及以下", "24 and under"),
    *(Code(f"{a}-{a + 4}", f"{a}–{a + 4}岁", f"{a}–{a + 4}") for a in range(25, 60, 5)),
    Code("60-", "60岁及以上", "60 and over"),
))
PLAN_ITEM = CodeList("item", (
    Code("documents", "文件", "Documents"),
    Code("meetings", "会议", "Meetings"),
    Code("inspections", "督查检查考核", "Inspections"),
))
FEEDBACK_KIND = CodeList("feedback_kind", (
    Code("clue", "问题线索", "Clue"),
    Code("practice", "经验做法", "Good practice"),
    Code("suggestion", "意见建议", "Suggestion"),
))
THEME = CodeList("theme", (
    Code("meetings", "会议", "Meetings"),
    Code("documents", "文件", "Documents"),
    Code("inspections", "督查检查考核", "Inspections"),
    Code("accompaniment", "陪会陪同", "Accompaniment"),
    Code("staff", "队伍", "Staffing"),
    Code("standing", "存量事项", "Standing items"),
    Code("plans", "计划限额", "Plans"),
    Code("other", "其他", "Other"),
))
FEEDBACK_STATUS = CodeList("feedback_status", (
    Code("received", "已受理", "Received"),
    Code("working", "办理中", "In hand"),
    Code("closed", "已办结", "Closed"),
))
ACTION = CodeList("action", (
    Code("reminder", "约谈提醒", "Reminder talk"),
    Code("inquiry", "函询", "Written inquiry"),
    Code("circular", "通报", "Circular"),
    Code("sanction", "查处", "Sanction"),
    Code("rectified", "整改", "Rectified"),
    Code("none", "无", "None"),
))
