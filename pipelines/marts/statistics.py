"""What one fact row adds to each statistic: deferred Ibis values, summed over point × month (× breakdown).

A boolean adds 1 where it is true; a null adds nothing. Names are those of `pipelines.contracts.statistics`.
"""

from typing import Any

from ibis import _, ifelse, literal

from pipelines.contracts.codes import DRAINED, JOINED, SEPARATED

LONG_MEETING_MINUTES = 90
LONG_DOCUMENT_CHARACTERS = 4_000
SHORT_NOTICE_DAYS = 3
LONG_SECONDMENT_MONTHS = 6
YOUNG_BELOW_MONTHS = 35 * 12
OLD_FROM_MONTHS = 50 * 12
ONE = literal(1, type="int64")

# Established posts and the roster of the same month, both known: the columns of `sources.standing_with_roster`.
BOTH_POSTS_KNOWN = _.posts_established.notnull() & _.roster.notnull()
LEFT_FOR_GOOD = _.move.isin(SEPARATED)

ROW_VALUES: dict[str, dict[str, Any]] = {
    "meetings": {
        "meetings": ONE,
        "meeting_minutes": _.actual_minutes,
        "meeting_person_minutes": _.actual_minutes * _.attendees,
        "meetings_with_stated_duration": _.stated_minutes.notnull(),
        "meetings_over_90": _.actual_minutes > LONG_MEETING_MINUTES,
        "meetings_video": _.form == "video",
        "meetings_principal_required": _.principal_required,
        "meetings_merged": _.merged,
        "meetings_unplanned": ~_.planned,
        "meetings_offday": _.is_offday,
        "meeting_attendees": _.attendees,
        "meeting_accompanying": _.accompanying,
    },
    "documents": {
        "receipts": ONE,
        "documents": ~_.is_repeat,
        "cross_carrier_repeats": _.is_cross_carrier_repeat,
        "documents_with_characters": _.characters.notnull(),
        "long_documents": ~_.comprehensive & (_.characters > LONG_DOCUMENT_CHARACTERS),
        "informal_documents": _.kind.isin(("letter", "plain")) | _.carrier.isin(("chat_group", "app")),
        "reports_demanded": _.report_demanded,
        "documents_with_reply_days": _.reply_days.notnull(),
        "short_notice_documents": _.reply_days <= SHORT_NOTICE_DAYS,
        "document_characters": _.characters,
        "documents_without_characters": _.characters.isnull(),
    },
    "inspections": {
        "inspections": ONE,
        "inspections_unplanned": ~_.planned,
        "inspections_unannounced": ~_.announced,
        "inspections_repeat": _.is_repeat,
        "inspection_materials": _.materials,
        "inspections_ranked": _.ranked,
        "problems_found": _.problems_found,
        "problems_solved": _.problems_solved,
        "inspection_accompanying": _.accompanying,
        "inspections_principal_accompanied": _.principal_accompanied,
        "inspection_escort_days": _.accompanying * (_.end_date.delta(_.start_date, unit="day") + 1),
    },
    "staff": {
        "headcount": ONE,
        "under35": _.age_months < YOUNG_BELOW_MONTHS,
        "over50": _.age_months >= OLD_FROM_MONTHS,
        "age_months": _.age_months,
        "public_institution": _.post_type == "public_institution",
        "seconded": _.status == "seconded_out",
    },
    "staff_moves": {
        "separations": LEFT_FOR_GOOD,
        "drained": _.move.isin(DRAINED),
        "resigned": _.move == "resigned",
        "joined": _.move.isin(JOINED),
        "departures_in_term": LEFT_FOR_GOOD & _.in_service_term,
        "departures_term_known": LEFT_FOR_GOOD & _.in_service_term.notnull(),
        "long_secondments": (_.move == "seconded_out") & (_.months_agreed > LONG_SECONDMENT_MONTHS),
        "secondments_months_known": (_.move == "seconded_out") & _.months_agreed.notnull(),
    },
    "standing": {
        "responsibility_letters": _.responsibility_letters,
        "veto_items": _.veto_items,
        "apps": _.apps,
        "official_accounts": _.official_accounts,
        "chat_groups": _.chat_groups,
        "plaques": _.plaques,
        "check_ins": _.check_ins,
        "certificates": _.certificates,
        "posts_established": ifelse(BOTH_POSTS_KNOWN, _.posts_established, 0),
        "posts_vacant": ifelse(BOTH_POSTS_KNOWN, _.posts_established - _.roster, 0),
    },
    "survey": {
        "valid_forms": _.valid_forms,
        "felt_relief": _.felt_relief,
        "weekend_days": _.weekend_days,
        "leave_entitled": _.leave_entitled,
        "leave_taken": _.leave_taken,
    },
    "returns": {
        "reporting_minutes": _.minutes_spent,
    },
}
