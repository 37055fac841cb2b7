"""Where an indicator comes from: the ledger columns that each statistic counts, and the public documents that ask for it.

`COLUMNS` tells a reader of the dictionary what to look up in `ledgers.py`; `pipelines.marts` computes the statistics.
`DOCUMENTS` are what people say about burden; why an indicator matters, in a sentence, stands in the dashboard's catalogue.
"""

from dataclasses import dataclass

from pipelines.contracts.indicators import INDICATORS, Domain
from pipelines.contracts.statistics import LEDGER_OF


@dataclass(frozen=True)
class Document:
    """A public document: its title, who published it and when."""

    zh: str
    en: str

    def title(self, lang: str) -> str:
        """The reference in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en


DOCUMENTS: dict[str, Document] = {
    "loosen": Document(
        "《为基层松绑减负让干部轻装上阵》（看看新闻网，2020年6月30日）",
        "“Loosening the burden of the grass roots”, Kankan News, 30 June 2020 (in Chinese)",
    ),
    "henan": Document(
        "《文山会海减了没，容错机制容多少》（新华每日电讯，2020年12月4日）",
        "“Have the mountains of paper and seas of meetings shrunk?”, Xinhua Daily Telegraph, 4 December 2020 (in Chinese)",
    ),
    "substance": Document(
        "《减“真负”加“实干”》（七一网，2024年11月17日）",
        "“Less real burden, more real work”, 12371.gov.cn, 17 November 2024 (in Chinese)",
    ),
    "inspection": Document(
        "区纪委等2019年8月基层减负督查情况（原文无标题）",
        "Report of a district's supervision of burden relief, August 2019 (untitled, in Chinese)",
    ),
    "reflections": Document(
        "《减轻基层工作负担的思考与建议》（2019年10月17日）",
        "“Thoughts and proposals on lightening grass-roots work”, 17 October 2019 (in Chinese)",
    ),
}

# indicator → keys of DOCUMENTS, the nearest first
ORIGINS: dict[str, tuple[str, ...]] = {
    "meetings": ("henan", "loosen"), "meeting_hours": ("henan",), "meeting_person_hours": ("henan",),
    "stated_duration_share": ("inspection",), "long_meeting_share": ("inspection", "henan"), "video_share": ("henan",),
    "principal_required_share": ("inspection", "henan"), "merged_share": ("henan", "inspection"),
    "unplanned_meeting_share": ("henan",), "offday_meeting_share": ("reflections", "substance"),
    "meeting_accompaniment_rate": ("henan",), "documents": ("inspection",), "duplicate_document_share": ("inspection",),
    "long_document_share": ("henan",), "informal_document_share": ("substance",),
    "report_demand_share": ("henan", "reflections"), "short_notice_share": ("reflections",), "inspections": ("loosen",),
    "unplanned_inspection_share": ("loosen",), "unannounced_share": ("loosen", "substance"),
    "repeat_inspection_share": ("loosen",), "materials_per_inspection": ("loosen", "reflections"),
    "ranked_share": ("henan",), "solved_share": ("henan", "inspection"),
    "inspection_accompaniment": ("loosen", "inspection"), "principal_accompanied_share": ("loosen",),
    "headcount": ("reflections",), "under35_share": ("henan",), "over50_share": ("henan", "reflections"),
    "mean_age": ("reflections",), "public_institution_share": ("henan",), "seconded_share": ("henan", "reflections"),
    "vacancy_rate": ("henan",), "separation_rate": ("henan",), "upward_drain_rate": ("reflections", "henan"),
    "resignation_rate": ("henan",), "in_term_departure_share": ("henan",),
    "long_secondment_share": ("henan", "reflections"), "recruitment_rate": ("substance",), "net_flow_rate": ("henan",),
    "responsibility_letters": ("loosen",), "veto_items": ("loosen", "inspection"), "apps": ("inspection", "substance"),
    "official_accounts": ("inspection",), "chat_groups": ("substance",), "plaques": ("inspection",),
    "check_ins": ("inspection", "substance"), "certificates": ("reflections",), "felt_relief_share": ("henan",),
    "leave_taken_share": ("henan",), "weekend_days": ("henan", "reflections"), "burden_hours": ("loosen", "reflections"),
    "reporting_minutes": ("henan", "reflections"), "plan_used_share": ("henan",), "plan_projection": ("henan",),
    "feedback_count": ("henan",), "feedback_closed_30d_share": ("henan",), "feedback_action_share": ("henan",),
}  # fmt: skip

# statistic → columns of its ledger; of rows that are merely counted, the key.
COLUMNS: dict[str, tuple[str, ...]] = {
    "meetings": ("meeting_id",), "meeting_minutes": ("actual_minutes",),
    "meeting_person_minutes": ("actual_minutes", "attendees"), "meetings_with_stated_duration": ("stated_minutes",),
    "meetings_over_90": ("actual_minutes",), "meetings_video": ("form",),
    "meetings_principal_required": ("principal_required",), "meetings_merged": ("merged",),
    "meetings_unplanned": ("planned",), "meetings_offday": ("date",), "meeting_attendees": ("attendees",),
    "meeting_accompanying": ("accompanying",),
    "receipts": ("document_no", "date"), "documents": ("document_no", "date"),
    "cross_carrier_repeats": ("document_no", "date", "carrier"), "documents_with_characters": ("characters",),
    "long_documents": ("comprehensive", "characters"), "informal_documents": ("kind", "carrier"),
    "reports_demanded": ("report_demanded",), "documents_with_reply_days": ("reply_days",),
    "short_notice_documents": ("reply_days",), "document_characters": ("characters",),
    "documents_without_characters": ("characters",),
    "inspections": ("inspection_id",), "inspections_unplanned": ("planned",), "inspections_unannounced": ("announced",),
    "inspections_repeat": ("start_date",), "inspection_materials": ("materials",), "inspections_ranked": ("ranked",),
    "problems_found": ("problems_found",), "problems_solved": ("problems_solved",),
    "inspection_accompanying": ("accompanying",), "inspections_principal_accompanied": ("principal_accompanied",),
    "inspection_escort_days": ("accompanying", "start_date", "end_date"),
    "headcount": ("person_id",), "under35": ("birth_month",), "over50": ("birth_month",), "age_months": ("birth_month",),
    "public_institution": ("post_type",), "seconded": ("status",),
    "separations": ("move",), "drained": ("move",), "resigned": ("move",), "joined": ("move",),
    "departures_in_term": ("move", "in_service_term"), "departures_term_known": ("move", "in_service_term"),
    "long_secondments": ("move", "months_agreed"), "secondments_months_known": ("move", "months_agreed"),
    "responsibility_letters": ("responsibility_letters",), "veto_items": ("veto_items",), "apps": ("apps",),
    "official_accounts": ("official_accounts",), "chat_groups": ("chat_groups",), "plaques": ("plaques",),
    "check_ins": ("check_ins",), "certificates": ("certificates",), "posts_established": ("posts_established",),
    "posts_vacant": ("posts_established",),
    "valid_forms": ("valid_forms",), "felt_relief": ("felt_relief",), "weekend_days": ("weekend_days",),
    "leave_entitled": ("leave_entitled",), "leave_taken": ("leave_taken",), "reporting_minutes": ("minutes_spent",),
}  # fmt: skip
_REGISTERS: dict[str, tuple[str, ...]] = {
    "plan_used_share": ("issued", "ceiling", "as_of"), "plan_projection": ("issued", "ceiling", "as_of"),
    "feedback_count": ("feedback_id",), "feedback_closed_30d_share": ("submitted_at", "status", "closed_at"),
    "feedback_action_share": ("status", "action"),
}  # fmt: skip
_ALSO = {"vacancy_rate": {"staff": ("person_id",)}}  # a statistic that needs a second ledger


def columns_of(indicator: str) -> dict[str, tuple[str, ...]]:
    """Ledger → its columns that the indicator is made of, in the order of its terms."""
    known = INDICATORS[indicator]
    if indicator in _REGISTERS:
        return {"plans" if known.domain is Domain.PLANS else "feedback": _REGISTERS[indicator]}
    found: dict[str, tuple[str, ...]] = {}
    for term in (*known.numerator, *known.denominator):
        ledger = LEDGER_OF[term.statistic]
        found[ledger] = tuple(dict.fromkeys((*found.get(ledger, ()), *COLUMNS[term.statistic])))
    return found | _ALSO.get(indicator, {})
