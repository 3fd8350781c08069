"""Pages as a Word document: real headings, lists, tables with header rows, words for the chart.

It needs the extra `docx`. Nothing in it names who made it or when, and the same pages give the same
bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from walk.errors import MissingExtra
from walk.reports.bidi import closed, runs_to_the_left
from walk.reports.blocks import (
    Block,
    Chart,
    Lines,
    Page,
    Points,
    Quote,
    Say,
    Section,
    Table,
    TrendEntry,
    Trends,
)
from walk.reports.chart import bar_rows, described
from walk.reports.notice import TRADEMARK_NOTICE
from walk.reports.paper import FILL_MM, is_close, is_open
from walk.reports.xml_text import xml_text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

HAND_COLUMN = 24.0
"""Signs that an empty column, to be written in by hand, counts for."""
CELL_SIDES = 4
"""The same for the space at the sides of a cell."""
SHORT, LINE = 18, 100
"""Signs of a cell that is not broken, and of a line from side to side of the paper."""
JOINT = " · "
"""Between what stands in one line."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_EMU_PER_MM = 36_000
_NUMBERED_MM = 9.0
"""Height of a cell to fill in beside a numbered note."""


def docx(pages: Sequence[Page]) -> bytes:
    """The pages as one document, each beginning on a new sheet.

    MissingExtra where the library is not installed.
    """
    try:
        import docx as library
    except ImportError:
        raise MissingExtra(
            "Word documents are an extra that this laptop lacks.",
            "To have it, where walk was installed from its folder, type there: "
            "pip install '.[docx]'; else: pip install 'classroom-walk[docx]'. Or write .html, "
            "which Word opens too.",
        ) from None
    from walk.reports.docx_style import prepare

    document = library.Document()
    only = pages[0] if len(pages) == 1 else None
    prepare(
        document,
        xml_text(pages[0].title) if pages else "",
        close=only is not None and is_close(only),
        open_=all(map(is_open, pages)),
    )
    for number, page in enumerate(pages):
        _page(document, page, first=number == 0)
    written = io.BytesIO()
    document.save(written)
    return _without_times(written.getvalue())


def _without_times(data: bytes) -> bytes:
    """The same archive with every entry dated alike, so that a file tells no clock."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for entry in before.infolist():
            named = zipfile.ZipInfo(entry.filename, _LONG_AGO)
            named.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(named, before.read(entry))
    return written.getvalue()


def _page(document: Document, page: Page, *, first: bool) -> None:
    title = _words(_new(document, "Heading 1"), page.title)
    title.paragraph_format.page_break_before = not first
    if page.under:
        document.add_paragraph().add_run(xml_text(page.under))
    close = is_close(page)
    for section in page.sections:
        _section(document, section, close=close)
    _new(document, "Notice").add_run(TRADEMARK_NOTICE)


def _section(document: Document, section: Section, *, close: bool) -> None:
    if section.heading:
        _words(_new(document, "Heading 2"), section.heading)
    for block, below in zip_longest(section.blocks, section.blocks[1:]):
        if isinstance(block, Say):
            # What introduces a list, a table or a quotation stays on one sheet with it.
            _say(document, block, leads=not isinstance(below, Say | None))
        else:
            _block(document, block, close=close)


def _say(document: Document, block: Say, *, leads: bool) -> None:
    paragraph = _new(document, "Please Note" if block.loud else "Normal")
    if leads:
        paragraph.paragraph_format.keep_with_next = True
    if block.loud:
        paragraph.add_run("Please note: ")
    _run(paragraph, block.text)


def _block(document: Document, block: Block, *, close: bool) -> None:
    match block:
        case Quote(text):
            _words(_new(document, "Quote"), text)
        case Points(items):
            for item in items:
                _run(_new(document, "List Bullet"), item)
        case Trends(entries):
            for entry in entries:
                (_close_trend if close else _trend)(document, entry)
        case Chart(bars):
            rows = bar_rows(bars)
            _table(document, described(bars), ("Trend", "Classrooms"), rows)
        case Table(caption, head, rows):
            _table(document, caption, head, rows, by_hand=block.by_hand)
        case Lines(_, count):
            for left in reversed(range(count)):
                line = _new(document, "Line to Write On")
                line.paragraph_format.keep_with_next = left > 0


def _trend(document: Document, entry: TrendEntry) -> None:
    paragraph = _new(document, "List Bullet")
    paragraph.add_run(f"Trend {entry.number}: ")
    _run(paragraph, closed(entry.statement))
    if entry.counts:
        paragraph.add_run(f" ({entry.counts})")
    for example in entry.examples:
        _run(_new(document, "List Bullet 2"), example)
    for remark in entry.remarks:
        _run(_new(document, "List Bullet 2"), remark).italic = True


def _close_trend(document: Document, entry: TrendEntry) -> None:
    """The same in as few lines as it takes."""
    paragraph = _new(document, "List Bullet")
    paragraph.add_run(f"Trend {entry.number}: ")
    _run(paragraph, closed(entry.statement))
    counts = f" ({entry.counts})" if entry.counts else ""
    paragraph.add_run(counts)
    below = [*entry.examples, *entry.remarks]
    if not below:
        return
    paragraph = _new(document, "List Bullet 2")
    for place, words in enumerate(below):
        if place:
            paragraph.add_run(JOINT)
        _run(paragraph, closed(words)).italic = place >= len(entry.examples)


# Tables


def _table(
    document: Document,
    caption: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    by_hand: bool = False,
) -> None:
    from walk.reports.docx_style import describe, fix_row, height_of, share_width

    made = document.add_table(rows=1, cols=len(head), style="Walk Table")
    describe(made, xml_text(caption))
    for cell, words in zip(made.rows[0].cells, head, strict=True):
        _cell_words(cell, words).bold = True
    fix_row(made.rows[0], header=True)
    share_width(made, _weights(head, rows))  # rows that are added take the widths over
    numbered = bool(head) and head[0] == "No."
    for row in rows:
        added = made.add_row()
        fix_row(added)
        if by_hand:
            height_of(added, int((_NUMBERED_MM if numbered else FILL_MM) * _EMU_PER_MM))
        for cell, words in zip(added.cells, row, strict=True):
            _cell_words(cell, words)
    _new(document, "After Table")


def _cell_words(cell: _Cell, words: str) -> Run:
    return _run(_styled(cell.paragraphs[0], "Table Text"), words)


def _weights(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """How the columns share the width, in about the signs that a line holds.

    A column of short cells gets what it needs, so that a date stays whole; the others share what is
    left by the usual length of their cells. An empty one has room for a hand. Where nothing much is
    left, short cells give way down to their longest word.
    """
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(head)
    if not any(any(column) for column in columns):
        return [1.0] * len(head)
    texts = [(words, *cells) for words, cells in zip(head, columns, strict=True)]
    needs = [max(map(len, column)) for column in texts]
    shares = [
        HAND_COLUMN if not any(cells) else _usual(cells) if need > SHORT else 0.0
        for need, cells in zip(needs, columns, strict=True)
    ]
    short = [0 if share else need + CELL_SIDES for need, share in zip(needs, shares, strict=True)]
    wanted = sum(
        min(need, HAND_COLUMN) + CELL_SIDES
        for need, share in zip(needs, shares, strict=True)
        if share
    )
    _give_way(short, [_longest(column) + CELL_SIDES for column in texts], LINE - wanted)
    left = max(LINE - sum(short), 1) / max(1.0, sum(shares))
    return [share * left if share else float(own) for own, share in zip(short, shares, strict=True)]


def _give_way(widths: list[int], least: Sequence[int], room: float) -> None:
    """Take from the widest of the columns until they fit, and from none below its least."""
    while sum(widths) > room:
        spare = [wide if wide > low else 0 for wide, low in zip(widths, least, strict=True)]
        if not any(spare):
            return
        widths[spare.index(max(spare))] -= 1


def _longest(cells: Sequence[str]) -> int:
    """The longest word of a column, in signs."""
    return max((len(word) for cell in cells for word in cell.split()), default=0)


def _usual(cells: Sequence[str]) -> float:
    """How long a column's cells are, neither so short nor so long that others suffer."""
    mean = sum(map(len, cells)) / len(cells)
    return min(max(mean, SHORT / 2), LINE / 2)


# Words


def _new(document: Document, style: str) -> Paragraph:
    """A paragraph at the end."""
    return _styled(document.add_paragraph(), style)


def _styled(paragraph: Paragraph, style: str) -> Paragraph:
    """The paragraph in that style. The library looks a name up among all styles each time, which
    takes seconds for a long sheet; a style's id is its name without blanks.
    """
    paragraph._p.style = style.replace(" ", "")
    return paragraph


def _words(paragraph: Paragraph, text: str) -> Paragraph:
    """Put a person's words into a paragraph that runs as they do: a heading, a quotation.

    In lists and cells, words alone are turned: their signs and edges stay in line.
    """
    if runs_to_the_left(text):
        from walk.reports.docx_style import turn_paragraph

        turn_paragraph(paragraph)
    _run(paragraph, text)
    return paragraph


def _run(paragraph: Paragraph, text: str) -> Run:
    run = paragraph.add_run(xml_text(text))
    if runs_to_the_left(text):
        from walk.reports.docx_style import turn_run

        turn_run(run)
    return run
