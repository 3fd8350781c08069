"""Printed pages of a plan: headings, paragraphs, lists and tables as text, Markdown and HTML.

A page says what stands on it; here is how it looks. Every text is made safe on its way out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from walk.reports.html import template
from walk.reports.letter import Points, Quote, Say
from walk.reports.markdown import escaped
from walk.reports.markdown import words as markdown_words
from walk.reports.notice import TRADEMARK_NOTICE
from walk.reports.plain import WIDTH, hung
from walk.reports.plain import words as plain_words
from walk.text import cell_width, one_line, wrap

FORMATS = ("text", "md", "html")
"""What a page can be written as."""
NARROWEST = 5
"""Cells below which no column of text is squeezed, where the table has room at all."""
LONG_WORD = 14
"""Cells beyond which a word is broken rather than the columns beside it."""
GAP = "  "


@dataclass(frozen=True)
class Table:
    """Rows of cells under a head; `caption` says what it is to people who do not see it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Say | Quote | Points | Table


@dataclass(frozen=True)
class Section:
    """A heading, which may be empty, and what stands below it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Page:
    """One sheet of paper in ordinary cases; the trademark notice is put at its foot."""

    title: str
    under: str
    """Place and date, or nothing."""
    sections: tuple[Section, ...]


def render(pages: Sequence[Page], form: str) -> str:
    """The pages in one of FORMATS, one after the other, with a newline at the end."""
    return {"md": markdown, "html": html}.get(form, plain)(pages)


# Plain text


def plain(pages: Sequence[Page]) -> str:
    """The pages as text, at most 80 cells wide; nothing in it can act on a terminal."""
    parting = f"\n{'=' * WIDTH}\n\n"
    return parting.join("\n".join(_text_page(page)) + "\n" for page in pages)


def _text_page(page: Page) -> Iterator[str]:
    yield from hung("", page.title)
    if page.under:
        yield from hung("", page.under)
    for section in page.sections:
        yield ""
        if section.heading:
            yield from hung("", section.heading.upper())
        for block in section.blocks:
            yield from _text_block(block)
    yield ""
    yield from hung("", TRADEMARK_NOTICE)


def _text_block(block: Block) -> Iterator[str]:
    match block:
        case Say() | Quote() | Points():
            yield from plain_words(block)
        case Table(_, head, rows):
            yield from _text_table((head, *rows))


def _text_table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns side by side, each cell wrapped in its column."""
    widths = _widths(rows)
    for row in rows:
        cells = [wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
        for parts in zip_longest(*cells, fillvalue=""):
            padded = (
                part + " " * (width - cell_width(part))
                for part, width in zip(parts, widths, strict=True)
            )
            yield GAP.join(padded).rstrip()


def _widths(rows: Iterable[Sequence[str]]) -> list[int]:
    """As wide as the widest cell of each column; the widest columns give way until all fit.

    A column gives way to its longest word first, so that a time of day stays whole.
    """
    columns = list(zip(*rows, strict=True))
    widths = [max(map(_cells, column)) for column in columns]
    words = [min(LONG_WORD, max(_longest(cell) for cell in column)) for column in columns]
    room = WIDTH - len(GAP) * (len(widths) - 1)
    for least in (words, [NARROWEST] * len(widths)):
        while sum(widths) > room:
            spare = [width if width > low else 0 for width, low in zip(widths, least, strict=True)]
            if not any(spare):
                break
            widths[spare.index(max(spare))] -= 1
    return widths


def _longest(cell: str) -> int:
    """The longest word of a cell, in cells."""
    return max((cell_width(one_line(word)) for word in cell.split()), default=0)


def _cells(cell: str) -> int:
    """The widest line of a cell as it is shown, in cells; beyond a line's width all are one."""
    return max(map(cell_width, wrap(cell, WIDTH)))


# Markdown


def markdown(pages: Sequence[Page]) -> str:
    """The pages as Markdown in which no word of anybody acts as Markdown."""
    return "\n\n".join("\n\n".join(_markdown_page(page)) for page in pages) + "\n"


def _markdown_page(page: Page) -> Iterator[str]:
    yield f"# {escaped(page.title)}"
    if page.under:
        yield escaped(page.under)
    for section in page.sections:
        if section.heading:
            yield f"## {escaped(section.heading)}"
        yield from map(_markdown_block, section.blocks)
    yield "---"
    yield escaped(TRADEMARK_NOTICE)


def _markdown_block(block: Block) -> str:
    match block:
        case Say() | Quote() | Points():
            return markdown_words(block)
        case Table(_, head, rows):
            lines = [head, ("---",) * len(head), *(map(escaped, row) for row in rows)]
            return "\n".join(f"| {' | '.join(line)} |" for line in lines)


# HTML


def html(pages: Sequence[Page]) -> str:
    """The pages as one HTML file that loads and runs nothing, each on a sheet of its own."""
    return template("pages.html.j2").render(pages=pages, notice=TRADEMARK_NOTICE)
