"""The screens by name: whoever wants one asks for it by this name."""

from __future__ import annotations

SCREENS: dict[str, tuple[str, str]] = {
    "home": ("walk.screens.home", "HomeScreen"),
    "tour": ("walk.screens.tour", "TourScreen"),
    "begin": ("walk.screens.begin", "BeginScreen"),
    "prepare": ("walk.screens.prepare", "PrepareScreen"),
    "ready": ("walk.screens.ready", "ReadyScreen"),
    "roster": ("walk.screens.roster", "RosterScreen"),
    "rooms": ("walk.screens.rooms", "RoomsScreen"),
    "checklist": ("walk.screens.checklist", "ChecklistScreen"),
    "rotation": ("walk.screens.rotation", "RotationScreen"),
    "board": ("walk.screens.board", "BoardScreen"),
    "visit": ("walk.screens.visit", "VisitScreen"),
    "write": ("walk.screens.write", "WriteScreen"),
    "hall": ("walk.screens.hall", "HallScreen"),
    "protocol": ("walk.screens.protocol", "ProtocolScreen"),
    "silent_read": ("walk.screens.silent_read", "SilentReadScreen"),
    "debrief": ("walk.screens.debrief", "DebriefScreen"),
    "trends": ("walk.screens.trends", "TrendsScreen"),
    "steps": ("walk.screens.steps", "StepsScreen"),
    "cycle": ("walk.screens.cycle", "CycleScreen"),
    "summary": ("walk.screens.summary", "SummaryScreen"),
    "letters": ("walk.screens.letters", "LettersScreen"),
    "teacher_note": ("walk.screens.teacher_note", "TeacherNoteScreen"),
    "history": ("walk.screens.history", "HistoryScreen"),
    "search": ("walk.screens.search", "SearchScreen"),
    "practice": ("walk.screens.practice", "PracticeScreen"),
    "collect": ("walk.screens.collect", "CollectScreen"),
    "share": ("walk.screens.share", "ShareScreen"),
    "receipts": ("walk.screens.receipts", "ReceiptsScreen"),
    "conflicts": ("walk.screens.conflicts", "ConflictsScreen"),
    "backups": ("walk.screens.backups", "BackupsScreen"),
    "purge": ("walk.screens.purge", "PurgeScreen"),
    "import": ("walk.screens.importing", "ImportScreen"),
}
"""Every screen by name. Each is imported when it is first asked for, so that a start is quick."""
