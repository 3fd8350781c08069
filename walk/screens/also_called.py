"""What people call things that walk calls otherwise: the palette finds them by these words too."""

from __future__ import annotations

from typing import NamedTuple

OUT = "exit leave stop"
DELETE = "delete remove clear"
SAVE = "export print pdf html word docx excel xlsx spreadsheet"
GIVE = "share send export usb stick drive email merge"
TAKE = "join merge import receive usb stick drive"
WHO = "user person name walker switch login"
LOOKS = "settings options preferences theme appearance font size display dark light accessibility"
LOOKS_ROW = "How walk looks: colours, signs, cursor"

ALSO: dict[str, str] = {
    "app.quit": OUT,
    "home.quit": OUT,
    "screen.help": "manual keys shortcuts how",
    "home.looks": LOOKS,
    "home.write_as": WHO,
    "noting.who_writes": WHO,
    "board.bell": "sound alarm",
    "board.next": "timer pause",
    "board.hold": "timer pause",
    "board.team": WHO,
    "plan.give": GIVE,
    "plan.withdraw": DELETE,
    "roster.take_out": DELETE,
    "roster.add": "names people members",
    "rooms.withdraw": DELETE,
    "rooms.mode": "recorded online in person video",
    "ready.out": DELETE,
    "rotation.print": "save export ics pdf html schedule slips",
    "rotation.make": "schedule timetable generate",
    "notes.withdraw": DELETE,
    "protocol.take_out": DELETE,
    "protocol.clock": "timer pause",
    "debrief.erase": DELETE,
    "debrief.take_out": DELETE,
    "debrief.apart": DELETE,
    "debrief.filter": "search find",
    "debrief.roomy": "font size zoom larger",
    "trends.take_back": DELETE,
    "steps.withdraw": DELETE,
    "summary.save": SAVE,
    "letters.save": SAVE,
    "history.save": SAVE,
    "note.on": f"{SAVE} letter",
    "share.give": GIVE,
    "share.lock": "password encrypt",
    "share.names": "door",
    "backups.bring": "restore recover",
    "purge.purge": DELETE,
    "purge.whole": DELETE,
}
"""By the id of a binding: words that begin so find it. What its own words hold needs none here."""


class Elsewhere(NamedTuple):
    """A screen that the palette leads to from any other."""

    title: str
    also: str
    at: str = ""


SCREENS_BY_TITLE: dict[str, Elsewhere] = {
    "home": Elsewhere("Home", "main menu start visits write form writing user"),
    "prepare": Elsewhere(
        "Prepare", "plan focus inquiry look-fors confirm date school notice slips"
    ),
    "ready": Elsewhere("Before the walk", "ready agreements meeting hosts"),
    "roster": Elsewhere("Roster", "walkers teams roles lens people members names"),
    "rooms": Elsewhere("Classrooms", "visits rooms places mode teachers"),
    "rotation": Elsewhere("Rotation", "schedule times timetable slots calendar stops"),
    "board": Elsewhere("Board", "timer clock countdown timekeeper stop bell"),
    "protocol": Elsewhere(
        "Debrief: all its steps", "group themes trends silent read erase timer", "all"
    ),
    "steps": Elsewhere("Next steps", "actions measure close walk finish end"),
    "cycle": Elsewhere("Inquiry cycle", "measures"),
    "summary": Elsewhere("Staff summary", "report"),
    "letters": Elsewhere("Letters and sheets", f"{SAVE} save report csv json agenda debrief visit"),
    "teacher_note": Elsewhere("Teacher note", "letter"),
    "history": Elsewhere("Walks over time", "history earlier district"),
    "search": Elsewhere("Search", "find"),
    "collect": Elsewhere("Collect", f"packs {TAKE}"),
    "share": Elsewhere("Give your notes, or the plan", f"packs {GIVE}"),
    "receipts": Elsewhere("Receipt", "collected"),
    "conflicts": Elsewhere("Conflicts", "merge differences"),
    "import": Elsewhere("Import", "tables csv excel xlsx spreadsheet paper"),
    "backups": Elsewhere("Backups", "restore recover"),
    "purge": Elsewhere("Purge", "delete"),
    "practice": Elsewhere("Practice", "wording exercise"),
    "tour": Elsewhere("One-minute tour", "introduction tutorial"),
    "begin": Elsewhere("Begin a walk", "new create"),
}
"""By the screen's name. The screens of a visit are left to Home, those of the debrief to its steps,
which lead through them in their order."""
