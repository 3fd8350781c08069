"""The screens by name: whoever wants one asks for it by this name."""

from __future__ import annotations

SCREENS: dict[str, tuple[str, str]] = {
    "home": ("walk.screens.home.home", "HomeScreen"),
    "tour": ("walk.screens.home.tour", "TourScreen"),
    "begin": ("walk.screens.planning.begin", "BeginScreen"),
    "prepare": ("walk.screens.planning.prepare", "PrepareScreen"),
    "ready": ("walk.screens.planning.ready", "ReadyScreen"),
    "roster": ("walk.screens.planning.roster", "RosterScreen"),
    "rooms": ("walk.screens.planning.rooms", "RoomsScreen"),
    "checklist": ("walk.screens.planning.checklist", "ChecklistScreen"),
    "rotation": ("walk.screens.planning.rotation", "RotationScreen"),
    "board": ("walk.screens.timekeeping.board", "BoardScreen"),
    "visit": ("walk.screens.visiting.visit", "VisitScreen"),
    "write": ("walk.screens.visiting.write", "WriteScreen"),
    "hall": ("walk.screens.visiting.hall", "HallScreen"),
    "protocol": ("walk.screens.debriefing.protocol", "ProtocolScreen"),
    "silent_read": ("walk.screens.debriefing.silent_read", "SilentReadScreen"),
    "debrief": ("walk.screens.debriefing.debrief", "DebriefScreen"),
    "trends": ("walk.screens.debriefing.trends", "TrendsScreen"),
    "steps": ("walk.screens.following.steps", "StepsScreen"),
    "cycle": ("walk.screens.planning.cycle", "CycleScreen"),
    "summary": ("walk.screens.reporting.summary", "SummaryScreen"),
    "letters": ("walk.screens.reporting.letters", "LettersScreen"),
    "teacher_note": ("walk.screens.reporting.teacher_note", "TeacherNoteScreen"),
    "history": ("walk.screens.across.history", "HistoryScreen"),
    "search": ("walk.screens.across.search", "SearchScreen"),
    "practice": ("walk.screens.visiting.practice", "PracticeScreen"),
    "collect": ("walk.screens.exchanging.collect", "CollectScreen"),
    "share": ("walk.screens.exchanging.share", "ShareScreen"),
    "receipts": ("walk.screens.settling.receipts", "ReceiptsScreen"),
    "conflicts": ("walk.screens.settling.conflicts", "ConflictsScreen"),
    "backups": ("walk.screens.keeping.backups", "BackupsScreen"),
    "purge": ("walk.screens.keeping.purge", "PurgeScreen"),
    "import": ("walk.screens.importing.importing", "ImportScreen"),
}
"""Every screen by name. Each is imported when it is first asked for, so that a start is quick."""
