"""Every error a person may meet, each with its cause and its mend in their words.

WalkError
├── Refused            a rule of the routine says no
├── StoreError         the store cannot be used as asked
│   ├── NewerStore     made by a newer walk
│   ├── ForeignStore   not a walk store at all
│   ├── DamagedStore   its pages or records do not add up
│   ├── ReadOnlyStore  the folder or file cannot be written
│   ├── FullDisk       no room to save
│   └── BusyStore      another program holds it
├── TemplateError      a focus template cannot be read
├── PlanError          a plan file cannot be read
├── WordingError       a school's own words cannot be read
├── IntakeError        a table of notes cannot be read
├── MissingExtra       a part of walk that is an extra is not installed
└── PackError          a pack cannot be read or written
"""

from __future__ import annotations


class WalkError(Exception):
    """A problem told to a person: what is wrong and what they can do about it.

    `message` names the cause, `mend` the way out; both are plain text, never markup.
    """

    def __init__(self, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.message} {self.mend}".strip()


class Refused(WalkError):
    """A rule of the routine says no, and the words say which."""


class StoreError(WalkError):
    """The store cannot be used as asked."""


class NewerStore(StoreError):
    """The store was made by a newer walk than this one."""


class ForeignStore(StoreError):
    """The file is not a walk store."""


class DamagedStore(StoreError):
    """The store's pages or records do not add up."""


class ReadOnlyStore(StoreError):
    """The folder or the file cannot be written."""


class FullDisk(StoreError):
    """There is no room to save."""


class BusyStore(StoreError):
    """Another program holds the store."""


class TemplateError(WalkError):
    """A focus template cannot be read."""


class PlanError(WalkError):
    """A plan file cannot be read."""


class WordingError(WalkError):
    """A school's own words for wording help cannot be read."""


class IntakeError(WalkError):
    """A table of notes cannot be read."""


class MissingExtra(WalkError):
    """What was asked for needs an extra that is not installed."""


class PackError(WalkError):
    """A pack cannot be read or written."""
