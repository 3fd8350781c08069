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
from walk.model.debriefing import (
    Debriefing,
    Hosts,
    Said,
    SaidIn,
    StepEntry,
    StepMinutes,
    debriefing_id,
)
from walk.model.erasure import Erase, Purge, erase_id, purge_id
from walk.model.focus import Confirmation, Focus, FocusChange, LookFor, focus_id
from walk.model.form import Form, form_id
from walk.model.hall_talk import HallTalk, hall_talk_id
from walk.model.ids import derived, uuid7
from walk.model.measure import Measure, MeasureValue, measure_id
from walk.model.meeting import Meeting, meeting_id
from walk.model.no_person import NoPerson, no_person_id, plain_words
from walk.model.note import Note, NoteKind, TallyCount
from walk.model.record import Part, Record
from walk.model.recurring import Recurring, recurring_id
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
from walk.model.teacher_note import Copies, TeacherNote, teacher_note_id
from walk.model.theme import Placing, Theme, placing_id
from walk.model.trend import Decision, Polarity, Trend, TrendCounts, trend_id
from walk.model.visit import MODE_WORDS, Mode, Visit, visit_id
from walk.model.waiver import Waiver, waiver_id
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
        Debriefing,
        Said,
        Theme,
        Placing,
        Trend,
        Recurring,
        Step,
        Measure,
        Waiver,
        Closing,
        NoPerson,
        Meeting,
        Agreements,
        Rotation,
        Checklist,
        StopLog,
        TeacherNote,
        Erase,
        Purge,
    )
}
"""Every kind of record that this version can read; others are kept and passed on unread."""

NEVER_SHARED = frozenset({"teacher_note"})
"""Kinds of record that no pack carries, whatever else this laptop gives away."""

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
    "NEVER_SHARED",
    "NOT_VISITED",
    "NO_LEGAL_STATUS",
    "PLAN_KINDS",
    "RECORDS",
    "Agreements",
    "Checklist",
    "Closing",
    "Confirmation",
    "Copies",
    "DayChange",
    "Debriefing",
    "Decision",
    "DroppedVisit",
    "Erase",
    "Focus",
    "FocusChange",
    "Form",
    "HallTalk",
    "Hosts",
    "LoggedReason",
    "LookFor",
    "Measure",
    "MeasureValue",
    "Meeting",
    "Mode",
    "NoPerson",
    "Note",
    "NoteKind",
    "Part",
    "Placing",
    "PlannedStop",
    "Polarity",
    "Purge",
    "QuietDays",
    "Readiness",
    "ReadyKey",
    "Record",
    "Recurring",
    "Revision",
    "Rotation",
    "Rules",
    "Said",
    "SaidIn",
    "Step",
    "StepEntry",
    "StepMinutes",
    "StopLog",
    "TallyCount",
    "TeacherNote",
    "Theme",
    "Trend",
    "TrendCounts",
    "Visit",
    "Waiver",
    "Walk",
    "Walker",
    "agreements_id",
    "checklist_id",
    "closing_id",
    "debriefing_id",
    "derived",
    "erase_id",
    "focus_id",
    "form_id",
    "hall_talk_id",
    "measure_id",
    "meeting_id",
    "missed",
    "no_person_id",
    "placing_id",
    "plain_label",
    "plain_words",
    "purge_id",
    "recurring_id",
    "rotation_id",
    "rules_id",
    "stop_log_id",
    "teacher_note_id",
    "trend_id",
    "uuid7",
    "visit_id",
    "waiver_id",
]
