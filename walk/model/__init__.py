"""The nouns of a walk as frozen records: the glossary in code."""

from __future__ import annotations

from walk.model.agreements import (
    NO_LEGAL_STATUS,
    Agreements,
    QuietDays,
    Readiness,
    ReadyKey,
    agreements_id,
)
from walk.model.checklist import Checklist, checklist_id
from walk.model.closing import Closing, closing_id
from walk.model.erasure import Erase, Purge, erase_id, purge_id
from walk.model.focus import Confirmation, Focus, FocusChange, LookFor, focus_id
from walk.model.form import Form, form_id
from walk.model.hall_talk import HallTalk, hall_talk_id
from walk.model.ids import derived, uuid7
from walk.model.meeting import Meeting, meeting_id
from walk.model.no_person import NoPerson, no_person_id, plain_words
from walk.model.note import Note, NoteKind, TallyCount
from walk.model.record import Record
from walk.model.revision import Revision
from walk.model.rotation import (
    NOT_VISITED,
    DroppedVisit,
    PlannedStop,
    Rotation,
    missed,
    rotation_id,
)
from walk.model.step import ABOVE_TEACHER, Step
from walk.model.stop_log import DayChange, LoggedReason, StopLog, stop_log_id
from walk.model.theme import Placing, Theme, placing_id
from walk.model.trend import Polarity, Trend, TrendCounts, trend_id
from walk.model.visit import MODE_WORDS, Mode, Visit, visit_id
from walk.model.walk import Rules, Walk, rules_id
from walk.model.walker import Walker, plain_label

RECORDS: dict[str, type[Record]] = {
    noun.kind: noun
    for noun in (
        Walk,
        Rules,
        Focus,
        LookFor,
        Walker,
        Visit,
        Form,
        Note,
        HallTalk,
        Theme,
        Placing,
        Trend,
        Step,
        Closing,
        NoPerson,
        Meeting,
        Agreements,
        Rotation,
        Checklist,
        StopLog,
        Erase,
        Purge,
    )
}
"""Every kind of record that this version can read; others are kept and passed on unread."""

PLAN_KINDS = frozenset(
    {
        *("walk", "rules", "focus", "look_for", "walker", "visit"),
        *("meeting", "agreements", "rotation"),
    }
)
"""What a plan pack carries."""

__all__ = [
    "ABOVE_TEACHER",
    "MODE_WORDS",
    "NOT_VISITED",
    "NO_LEGAL_STATUS",
    "PLAN_KINDS",
    "RECORDS",
    "Agreements",
    "Checklist",
    "Closing",
    "Confirmation",
    "DayChange",
    "DroppedVisit",
    "Erase",
    "Focus",
    "FocusChange",
    "Form",
    "HallTalk",
    "LoggedReason",
    "LookFor",
    "Meeting",
    "Mode",
    "NoPerson",
    "Note",
    "NoteKind",
    "Placing",
    "PlannedStop",
    "Polarity",
    "Purge",
    "QuietDays",
    "Readiness",
    "ReadyKey",
    "Record",
    "Revision",
    "Rotation",
    "Rules",
    "Step",
    "StopLog",
    "TallyCount",
    "Theme",
    "Trend",
    "TrendCounts",
    "Visit",
    "Walk",
    "Walker",
    "agreements_id",
    "checklist_id",
    "closing_id",
    "derived",
    "erase_id",
    "focus_id",
    "form_id",
    "hall_talk_id",
    "meeting_id",
    "missed",
    "no_person_id",
    "placing_id",
    "plain_label",
    "plain_words",
    "purge_id",
    "rotation_id",
    "rules_id",
    "stop_log_id",
    "trend_id",
    "uuid7",
    "visit_id",
]
