"""What people set, not points: the schema of `burden.toml`, copied into each snapshot's manifest (DATA.md §3)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from pipelines.contracts import months


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BurdenConstants(_Section):
    """Constants of `burden_hours`; each is an assumption until a time-use study of the province replaces it."""

    escort_hours_per_person_day: float = Field(4.0, gt=0)
    hours_per_material: float = Field(2.0, gt=0)
    characters_per_hour: float = Field(18_000.0, gt=0)
    characters_where_empty: float = Field(1_500.0, ge=0)
    hours_per_report: float = Field(2.0, gt=0)


@dataclass(frozen=True)
class Constant:
    """What has to be said of a constant of `burden_hours`: words, unit, where its default comes from, what may be tried.

    `least`, `most`: the bounds of a what-if on a page.
    """

    name: str
    zh: str
    en: str
    unit_zh: str
    unit_en: str
    source_zh: str
    source_en: str
    least: float
    most: float

    def say(self, what: Literal["name", "unit", "source"], lang: str) -> str:
        """Its name, unit or source in `zh` or `en`."""
        texts = {"name": (self.zh, self.en), "unit": (self.unit_zh, self.unit_en), "source": (self.source_zh, self.source_en)}
        return texts[what][lang != "zh"]


# All defaults are assumptions; the sources say what each rests on, as far as anything is known.
CONSTANTS = (
    Constant("escort_hours_per_person_day", "陪同一人一天", "Escorting, a person and day", "小时", "hours",
             "假定：半个工作日（每日 8 小时，国务院关于职工工作时间的规定），未经实测",
             "assumed: half a working day (8 hours, State Council rules on working hours); not measured", 0.5, 12.0),
    Constant("hours_per_material", "准备一份台账材料", "Preparing an item of material", "小时", "hours",
             "假定：没有实测", "assumed: never measured", 0.25, 16.0),
    Constant("characters_per_hour", "阅文速度", "Reading speed", "字/小时", "characters per hour",
             "假定：每分钟 300 字；汉语朗读实测 255±29 字（IReST，2012），默读略快",
             "assumed: 300 a minute; measured aloud 255±29 (IReST 2012), silent reading is somewhat faster", 6000.0, 60000.0),
    Constant("characters_where_empty", "未填字数的文件按", "A document without a length counts as", "字", "characters",
             "假定：没有实测", "assumed: never measured", 0.0, 10000.0),
    Constant("hours_per_report", "报一次材料", "Writing a report demanded", "小时", "hours",
             "假定：没有实测", "assumed: never measured", 0.25, 16.0),
)  # fmt: skip


class Reform(_Section):
    """A dated reform: a labelled rule on trends."""

    month: date
    zh: str
    en: str


class Rebase(_Section):
    """A date from which a control chart's limits start anew, with the person's reason."""

    indicator: str
    month: date
    reason: str


class DueDays(_Section):
    """Day of the next month by which a ledger-month is due, and when it stops being provisional."""

    ledgers: int = Field(5, ge=1, le=28)
    survey: int = Field(15, ge=1, le=28)
    provisional_days: int = Field(30, ge=0)
    complete_share: float = Field(0.9, ge=0, le=1)

    def find_day(self, ledger: str, month: int) -> date:
        """The day by which a ledger-month is due."""
        day = self.survey if ledger == "survey" else self.ledgers
        return months.first_day(months.shift(month, 1)).replace(day=day)

    def find_final(self, ledger: str, month: int) -> date:
        """The day from which on a ledger-month is no longer provisional, however much of it is reported."""
        return self.find_day(ledger, month) + timedelta(days=self.provisional_days)

    def find_release(self, ledger: str, month: int) -> date:
        """The day from which on staff figures of a month are cut fine: it is final, and most of the next one, due then, is in."""
        next_in = self.find_day(ledger, months.shift(month, 1)) + timedelta(days=self.provisional_days // 2)
        return max(self.find_final(ledger, month), next_in)


class Disclosure(_Section):
    """Periods by which staff figures of small places are cut: calendar `quarters` alone, or `any` (docs/methods.md)."""

    staff_periods: Literal["any", "quarters"] = "quarters"


class Map(_Section):
    """The boundary file (empty: the one that ships) and the attribution that regulation asks for."""

    cities: str = ""
    counties: str = ""
    attribution: str = "内部使用示意图"
    approval_number: str = ""


ClockTime = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Schedule(_Section):
    """When `burden schedule` refreshes, and when it says that data are stale. No secrets: manifests hold a copy."""

    times: tuple[ClockTime, ...] = Field(("02:00",), min_length=1)
    timezone: str = "Asia/Shanghai"
    stale_hours: float = Field(36.0, gt=0)
    timeout_minutes: float = Field(240.0, gt=0)
    grace_seconds: float = Field(60.0, ge=0)  # for a refresh at work when the timetable is stopped
    watch: bool = False
    quiet_seconds: float = Field(30.0, gt=0)  # without a change, before a watched folder is read

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (OSError, ValueError, LookupError):
            raise ValueError("no such time zone; write it as Asia/Shanghai") from None
        return name


class Brief(_Section):
    """A deck that `burden schedule` makes and then refreshes after each refresh of the data; none where `deck` is empty.

    `deck`, `outline` and `template` are paths seen from the folder of `burden.toml`; `address` is that of the dashboard, for the
    links in notes.
    """

    deck: str = ""
    outline: str = "monthly"
    template: str = ""
    region: str = "410000"
    lang: Literal["zh", "en"] = "zh"
    address: str = "http://127.0.0.1:8501"


class Policy(_Section):
    """The whole of `burden.toml`; every part has a default."""

    constants: BurdenConstants = BurdenConstants()
    sources: dict[str, str] = Field(default_factory=dict)  # constant → where the province has its value from
    due: DueDays = DueDays()
    disclosure: Disclosure = Disclosure()
    reforms: tuple[Reform, ...] = ()
    rebases: tuple[Rebase, ...] = ()
    targets: dict[str, float] = Field(default_factory=dict)
    map: Map = Map()
    schedule: Schedule = Schedule()
    brief: Brief = Brief()

    @field_validator("sources")
    @classmethod
    def _names_constants(cls, sources: dict[str, str]) -> dict[str, str]:
        known = {c.name for c in CONSTANTS}
        if not known.issuperset(sources):
            raise ValueError(f"sources are given by constant: {', '.join(sorted(known))}")
        return sources
