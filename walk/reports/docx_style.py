"""How a Word document of ours looks: its styles, its paper, its tables; and the XML behind them.

The library offers no way to most of this, so elements are put in their places by hand, in the order
that the schema of the format asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

FONT = "Arial"
"""There, or drawn alike under another name, on every system."""
BODY_PT, CLOSE_PT, OPEN_PT, SMALL_PT = 9.0, 8.0, 10.5, 7.0
"""Sizes of the text, of that on a full sheet, on one with room to spare, and of the notice."""
WIDTH_MM, HEIGHT_MM, SIDE_MM, TOP_MM = 215.9, 279.4, 15.0, 11.0
"""US Letter: shorter than A4, so that what fits here fits there too."""
RULE = "767676"
"""The colour of lines."""
_AFTER_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def prepare(document: Document, title: str, *, close: bool, open_: bool = False) -> None:
    """Set paper, styles, language and properties of an empty document.

    `close` for a full sheet, `open_` for one with room to spare.
    """
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(WIDTH_MM), Mm(HEIGHT_MM)
    section.left_margin = section.right_margin = Mm(SIDE_MM)
    section.top_margin = section.bottom_margin = Mm(TOP_MM)
    section.header_distance = section.footer_distance = Mm(TOP_MM / 2)
    _properties(document, title)
    body = CLOSE_PT if close else OPEN_PT if open_ else BODY_PT
    _font(document.styles["Normal"], body)
    _space(document.styles["Normal"], 0, 0.5 if close else 3 if open_ else 1.5)
    _heading(document.styles["Heading 1"], 13 if close else 17 if open_ else 15, 0, 2)
    above, below = (2.0, 0.0) if close else (9.0, 2.0) if open_ else (5.0, 1.0)
    _heading(document.styles["Heading 2"], body + (1 if close else 1.5), above, below)
    _lists(document, close=close)
    _own_styles(document, close=close)


def _properties(document: Document, title: str) -> None:
    """A title for people who hear the file; nothing of who made it or when."""
    known = document.core_properties
    known.title = title[:255]
    known.author = known.last_modified_by = known.comments = known.keywords = ""
    known.language = "en"
    known.revision = 1
    element = known._element
    for child in list(element):
        if child.tag.endswith(("}created", "}modified")):
            element.remove(child)


def _font(style: Any, points: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name = FONT
    style.font.size = Pt(points)
    style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), FONT)
    fonts.set(qn("w:eastAsia"), FONT)
    _complex_size(properties, points)


def _complex_size(properties: Any, points: float) -> None:
    """The size of words from right to left, which has a value of its own."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    size = properties.find(qn("w:szCs"))
    if size is None:
        size = OxmlElement("w:szCs")
        properties.find(qn("w:sz")).addnext(size)
    size.set(qn("w:val"), str(round(points * 2)))


def _space(style: Any, before: float, after: float) -> None:
    from docx.shared import Pt

    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.line_spacing = 1.0


def _heading(style: Any, points: float, before: float, after: float) -> None:
    _font(style, points)
    style.font.bold = True
    _space(style, before, after)
    style.paragraph_format.keep_with_next = True


def _lists(document: Document, *, close: bool) -> None:
    for name in ("List Bullet", "List Bullet 2"):
        _space(document.styles[name], 0, 0 if close else 0.5)
    quote = document.styles["Quote"]
    quote.font.italic = quote.font.cs_italic = False
    _space(quote, 0 if close else 1, 0 if close else 2)
    quote.paragraph_format.left_indent = _mm(4)
    _border(quote, left=True)


def _own_styles(document: Document, *, close: bool) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    def style(name: str, before: float, after: float) -> Any:
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = document.styles["Normal"]
        _space(made, before, after)
        return made

    loud = style("Please Note", 1 if close else 2, 1 if close else 3)
    loud.font.bold = True
    _border(loud, left=True, right=True, top=True, bottom=True)
    style("Table Text", 0 if close else 1, 0 if close else 1)
    style("After Table", 0, 0).font.size = Pt(3)
    _border(style("Line to Write On", 12 if close else 14, 0), bottom=True, between=True)
    notice = style("Notice", 3 if close else 6, 0)
    notice.font.size = Pt(SMALL_PT)
    table = document.styles.add_style("Walk Table", WD_STYLE_TYPE.TABLE)
    table.base_style = document.styles["Normal Table"]


def _mm(length: float) -> Any:
    from docx.shared import Mm

    return Mm(length)


def _border(style: Any, **sides: bool) -> None:
    """Lines at the sides of a paragraph."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right", "between"):
        if sides.get(side):
            borders.append(_line(side))
    # Between keepNext … and spacing, as the schema has it.
    behind = next(
        (one for one in properties if one.tag in {qn("w:spacing"), qn("w:ind"), qn("w:jc")}), None
    )
    if behind is None:
        properties.append(borders)
    else:
        behind.addprevious(borders)


def _line(side: str, space: str = "4") -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "4"), ("space", space), ("color", RULE)):
        line.set(qn(f"w:{name}"), value)
    return line


# Tables


def describe(table: Table, caption: str) -> None:
    """Give a table its lines, and the words for people who do not see it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_line(side, "0"))
    behind = next((one for one in properties if one.tag in map(qn, _AFTER_BORDERS)), None)
    if behind is None:
        properties.append(borders)
    else:
        behind.addprevious(borders)
    for name in ("w:tblCaption", "w:tblDescription"):
        element = OxmlElement(name)
        element.set(qn("w:val"), caption)
        properties.append(element)


def fix_row(row: _Row, *, header: bool = False) -> None:
    """Keep a row on one sheet; a header row comes again on every sheet."""
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def height_of(row: _Row, least: int) -> None:
    """Make a row at least so high, in EMU."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Emu

    row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
    row.height = Emu(least)


def share_width(table: Table, weights: Sequence[float]) -> None:
    """Share the width of the paper among the columns."""
    from docx.shared import Mm

    table.autofit = False
    room = WIDTH_MM - 2 * SIDE_MM
    whole = sum(weights)
    for column, weight in zip(table.columns, weights, strict=True):
        width = Mm(room * weight / whole)
        column.width = width
        for cell in column.cells:
            cell.width = width


# From right to left


def turn_paragraph(paragraph: Paragraph) -> None:
    """Let a paragraph begin at the right."""
    from docx.oxml import OxmlElement

    properties = paragraph._p.get_or_add_pPr()
    bidi = OxmlElement("w:bidi")
    # Behind the style and what keeps lines together, before spacing; ours hold a style at most.
    style = properties.pStyle
    if style is None:
        properties.insert(0, bidi)
    else:
        style.addnext(bidi)


def turn_run(run: Run) -> None:
    """Let words run from right to left."""
    run.font.rtl = True
