"""Printed pages: what they are made of, and the forms in which they can be written down."""

from __future__ import annotations

from collections.abc import Sequence

# Whoever composes a page, or writes one down, finds all of it here.
from walk.reports.blocks import Block as Block
from walk.reports.blocks import Chart as Chart
from walk.reports.blocks import Lines as Lines
from walk.reports.blocks import Page as Page
from walk.reports.blocks import Points as Points
from walk.reports.blocks import Quote as Quote
from walk.reports.blocks import Say as Say
from walk.reports.blocks import Section as Section
from walk.reports.blocks import Table as Table
from walk.reports.blocks import TrendEntry as TrendEntry
from walk.reports.blocks import Trends as Trends
from walk.reports.html import html as html
from walk.reports.markdown import markdown as markdown
from walk.reports.plain import WIDTH
from walk.reports.plain import plain as plain

FORMATS = ("text", "md", "html")
"""What a page can be written as, as text."""


def render(pages: Sequence[Page], form: str, width: int = WIDTH) -> str:
    """The pages in one of FORMATS, one after the other, with a newline at the end.

    `width` is for plain text: the cells of its widest line.
    """
    if form in ("md", "html"):
        return {"md": markdown, "html": html}[form](pages)
    return plain(pages, width)


def written(pages: Sequence[Page], form: str) -> bytes:
    """The pages in one of FORMATS, or as "docx", as the bytes of a file.

    MissingExtra where a Word file is asked for and cannot be made here.
    """
    if form == "docx":
        from walk.reports.docx_file import docx

        return docx(pages)
    return render(pages, form).encode()
