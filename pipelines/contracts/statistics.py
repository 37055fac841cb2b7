"""Sufficient statistics: the additive columns of the marts, of which every indicator is a ratio or a mean.

A name here is a column of `mart_point_month` and, where its ledger has a cell table, of that too. Universes are the
boolean columns of `mart_point_month` that say for which point-months an indicator's ledger was reported. How each is
computed from facts stands in `pipelines.marts`; a test holds the two together.
"""

STATISTICS: dict[str, tuple[str, ...]] = {
    "meetings": (
        "meetings", "meeting_minutes", "meeting_person_minutes", "meetings_with_stated_duration", "meetings_over_90",
        "meetings_video", "meetings_principal_required", "meetings_merged", "meetings_unplanned", "meetings_offday",
        "meeting_attendees", "meeting_accompanying",
    ),
    "documents": (
        "receipts", "documents", "cross_carrier_repeats", "documents_with_characters", "long_documents",
        "informal_documents", "reports_demanded", "documents_with_reply_days", "short_notice_documents",
        "document_characters", "documents_without_characters",
    ),
    "inspections": (
        "inspections", "inspections_unplanned", "inspections_unannounced", "inspections_repeat",
        "inspection_materials", "inspections_ranked", "problems_found", "problems_solved", "inspection_accompanying",
        "inspections_principal_accompanied", "inspection_escort_days",
    ),
    "staff": (
        "headcount", "under35", "over50", "age_months", "public_institution", "seconded",
    ),
    "staff_moves": (
        "separations", "drained", "resigned", "joined", "departures_in_term", "departures_term_known",
        "long_secondments", "secondments_months_known",
    ),
    "standing": (
        "responsibility_letters", "veto_items", "apps", "official_accounts", "chat_groups", "plaques", "check_ins",
        "certificates", "posts_established", "posts_vacant",
    ),
    "survey": ("valid_forms", "felt_relief", "weekend_days", "leave_entitled", "leave_taken"),
    "returns": ("reporting_minutes",),
}  # fmt: skip
LEDGER_OF: dict[str, str] = {name: ledger for ledger, names in STATISTICS.items() for name in names}

# Universe: (boolean column, the return ledgers whose reports it needs, all of them).
UNIVERSES: dict[str, tuple[str, ...]] = {
    "meetings_reported": ("meetings",),
    "documents_reported": ("documents",),
    "inspections_reported": ("inspections",),
    "staff_reported": ("staff",),
    "standing_reported": ("standing",),
    "survey_reported": ("survey",),
    "posts_reported": ("staff", "standing"),
    "burden_reported": ("meetings", "documents", "inspections"),
    "minutes_reported": ("meetings", "documents", "inspections", "staff", "standing", "survey"),
}
