"""A tiny writer of .xlsx files for tests: parts as they are given, also ones no program writes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Cell = str | int | float | bool | None
STYLES = {"": 0, "yyyy-mm-dd hh:mm:ss": 1, "h:mm": 2, "mm:ss": 3, "[h]:mm:ss": 4, "0.00": 5}
"""The number formats that `styled` cells may have, and the cell style of each."""


def column_letters(place: int) -> str:
    """A, B … Z, AA …"""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_xml(place: str, value: Cell, shared: list[str] | None = None, style: str = "") -> str:
    """One cell as programs write it; texts go into `shared` where that is given."""
    style_said = f' s="{STYLES[style]}"' if style else ""
    if value is None:
        return f'<c r="{place}"{style_said}/>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"{style_said}><v>{value!r}</v></c>'
    if shared is not None:
        shared.append(value)
        return f'<c r="{place}" t="s"><v>{len(shared) - 1}</v></c>'
    said = escape(value)
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


def sheet_xml(rows: Sequence[Sequence[Cell]], shared: list[str] | None = None) -> str:
    """A sheet of these rows."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(
            cell_xml(f"{column_letters(place)}{number}", value, shared)
            for place, value in enumerate(row)
            if value is not None
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    return wrapped("".join(lines))


def wrapped(rows: str, after: str = "") -> str:
    """Rows as the XML of a sheet."""
    return f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def workbook(
    sheets: Mapping[str, str],
    shared: Sequence[str] = (),
    *,
    hidden: Sequence[str] = (),
    from_1904: bool = False,
    more: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """The bytes of a workbook with these sheets (name to XML)."""
    listed, links = [], []
    for number, name in enumerate(sheets, 1):
        state = ' state="hidden"' if name in hidden else ""
        listed.append(
            f'<sheet name={quoteattr(name)} sheetId="{number}"{state} r:id="rId{number}"/>'
        )
        links.append(_link(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml"))
    links.append(_link("rIdStyles", "styles", "styles.xml"))
    links.append(_link("rIdShared", "sharedStrings", "/xl/sharedStrings.xml"))
    old = ' date1904="1"' if from_1904 else ""
    texts = "".join(f'<si><t xml:space="preserve">{escape(one)}</t></si>' for one in shared)
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _links([_link("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": (
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_DOC}"><workbookPr{old}/>'
            f"<sheets>{''.join(listed)}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _links(links),
        "xl/styles.xml": _styles(),
        "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{_MAIN}">{texts}</sst>',
    }
    for number, xml in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = xml
    parts |= more or {}
    return zipped(parts)


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """Parts as a zip."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def table_book(rows: Sequence[Sequence[Cell]], *, share: bool = True) -> bytes:
    """A workbook with one sheet of these rows."""
    shared: list[str] | None = [] if share else None
    sheet = sheet_xml(rows, shared)
    return workbook({"Form Responses 1": sheet}, shared or ())


def _link(id_: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{id_}" Type="{_DOC}/{kind}" Target="{target}"/>'


def _links(links: Sequence[str]) -> str:
    return f'{_HEAD}<Relationships xmlns="{_RELS}">{"".join(links)}</Relationships>'


def _types(sheets: int) -> str:
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [("/xl/sharedStrings.xml", "sharedStrings")]
    parts += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    said = "".join(
        f'<Override PartName="{name}" ContentType="{office}.{kind}+xml"/>' for name, kind in parts
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{_HEAD}<Types xmlns="{types}"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{said}</Types>'
    )


def _styles() -> str:
    codes = [code for code in STYLES if code]
    formats = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(codes)
    )
    cells = '<xf numFmtId="0"/>' + "".join(
        f'<xf numFmtId="{200 + n}" applyNumberFormat="1"/>' for n in range(len(codes))
    )
    return (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="{len(codes)}">{formats}</numFmts>'
        '<cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs>'
        f'<cellXfs count="{len(codes) + 1}">{cells}</cellXfs></styleSheet>'
    )
