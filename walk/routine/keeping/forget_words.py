"""What erase and purge say: what is out of reach, and receipts in words. No word of a note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OUT_OF_REACH = (
    "packs that were handed out: a laptop that was not asked can still read them in",
    "printed pages, and summaries and sheets saved as files",
    "copies of the store made by hand, older versions in a cloud, a school's own backups",
    "what a disk keeps of files that were deleted, until it writes over them",
)
"""What no program can take back."""
OUT_OF_REACH_SHORT = (
    "Out of reach: packs handed out, printed pages, saved files, copies made by hand or by a cloud."
)
FOR_GOOD = "Nothing brings it back: no undo, no backup, no old pack."

KINDS: Mapping[str, tuple[str, str]] = {
    "note": ("entry of notes, in every wording", "entries of notes, in every wording"),
    "form": ("entry of forms", "entries of forms"),
    "hall_talk": ("entry of hall talks", "entries of hall talks"),
    "placing": ("entry of notes in themes", "entries of notes in themes"),
    "theme": ("entry of themes", "entries of themes"),
    "said": ("entry of lines of the debrief", "entries of lines of the debrief"),
    "stop_log": ("entry of the timekeeper's log", "entries of the timekeeper's log"),
    "checklist": ("entry of checklists", "entries of checklists"),
    "no_person": ("entry of cleared words", "entries of cleared words"),
    "teacher_note": ("entry of teacher notes", "entries of teacher notes"),
    "walk": ("entry of the walk itself", "entries of the walk itself"),
    "rules": ("entry of its rules", "entries of its rules"),
    "focus": ("entry of the focus", "entries of the focus"),
    "look_for": ("entry of look-fors", "entries of look-fors"),
    "visit": ("entry of visits", "entries of visits"),
    "walker": ("entry of the roster", "entries of the roster"),
    "rotation": ("entry of the rotation", "entries of the rotation"),
    "debriefing": ("entry of the debrief's minutes", "entries of the debrief's minutes"),
    "trend": ("entry of trends", "entries of trends"),
    "step": ("entry of next steps", "entries of next steps"),
    "measure": ("entry of measures", "entries of measures"),
    "waiver": ("entry of what the plan does without", "entries of what the plan does without"),
    "closing": ("entry of how the walk ended", "entries of how the walk ended"),
    "erase": ("request to erase", "requests to erase"),
    "purge": ("request to purge", "requests to purge"),
    "draft": ("draft", "drafts"),
}
"""What goes, in words: of one, and of several."""


def copies(count: int) -> str:
    """The backups and set-aside stores, as they are told before something goes."""
    what = "1 backup" if count == 1 else f"{count} backups and stores set aside"
    return f"{what}; one that cannot be read is deleted"


def counted(gone: Mapping[str, int]) -> list[str]:
    """“12 wordings of notes”, a line for each kind."""
    order = {kind: place for place, kind in enumerate(KINDS)}
    lines = []
    for kind in sorted(gone, key=lambda one: (order.get(one, 99), one)):
        count = gone[kind]
        name = kind.replace("_", " ")
        one, many = KINDS.get(kind, (f"entry of {name}", f"entries of {name}"))
        if count:
            lines.append(f"{count:,} {one if count == 1 else many}")
    return lines


def receipt_lines(kind: str, on: str, value: Mapping[str, Any]) -> list[str]:
    """A kept receipt in words; `on` is the day in words."""
    whole = " (the whole walk)" if value.get("whole") else ""
    head = "Erased for good" if kind == "erase" else f"Purged{whole}"
    lines = [f"{head} on {on}"]
    gone = counted(value.get("gone", {}))
    lines += [f"  gone: {one}" for one in gone] or ["  gone: nothing was here"]
    if value.get("places"):
        lines.append("  gone: the places file")
    lines += [f"  file {name}: {did}" for name, did in value.get("files", ())]
    lines.append(_searched(value))
    if value.get("asked"):
        lines.append("  asked: the next pack carries the request to the other laptops")
    return lines


def _searched(value: Mapping[str, Any]) -> str:
    left, texts, files = (int(value.get(one, 0)) for one in ("left", "texts", "searched"))
    if value.get("cut_off"):
        return (
            "  searched: the work was cut off and finished at a later start, when the words were "
            f"known from backups alone; {_left(left)} in {_files(files)}"
        )
    what = "1 text" if texts == 1 else f"{texts:,} texts"
    return f"  searched: {_files(files)} byte by byte for {what}; {_left(left)}"


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _left(count: int) -> str:
    if not count:
        return "nothing of them is left"
    pieces = "1 piece of them is" if count == 1 else f"{count} pieces of them are"
    return f"{pieces} still there: close every walk, start walk once more and do it again"
