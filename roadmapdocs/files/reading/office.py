"""One door to the office formats, and the plain text of a file in any format."""

from __future__ import annotations

from roadmapdocs.files.reading.blocks import Block, Paragraph
from roadmapdocs.files.reading.docx import read_docx
from roadmapdocs.files.reading.encodings import decode
from roadmapdocs.files.reading.legacy import CONVERTED, convert
from roadmapdocs.files.reading.pdf import read_pdf
from roadmapdocs.files.rules import DEFAULT_LIMITS, Kind, Limits, check_file, display_name


def read_office(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> list[Block] | None:
    """Paragraphs and tables of a DOCX, XLSX or PDF file, or of an older one after converting; None for plain text.

    The format is told by content; ``name`` only stands in messages.

    :raise Refusal: see :func:`roadmapdocs.files.rules.check_file` and the readers of the formats
    """
    shown = display_name(name)
    kind = check_file(data, shown, limits)
    if kind in CONVERTED:
        data = convert(data, kind, shown, limits)
        kind = check_file(data, shown, limits)
    if kind is Kind.DOCX:
        return read_docx(data, shown)
    if kind is Kind.XLSX:
        from roadmapdocs.files.reading.xlsx import read_xlsx  # noqa: PLC0415  # its library takes long to load

        return read_xlsx(data, shown, limits)
    if kind is Kind.PDF:
        return read_pdf(data, shown, limits)
    return None


def paragraphs_of(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> list[str]:
    """Text of a file in reading order: a paragraph or a line a piece, a table row with its cells parted by tabs.

    :raise Refusal: as :func:`read_office`, or ``not_text``
    """
    blocks = read_office(data, name, limits)
    if blocks is None:
        lines = decode(data).splitlines()
    else:
        lines = [line for block in blocks for line in _lines(block)]
    return [line.strip() for line in lines if line.strip()]


def _lines(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [block.text]
    return ["\t".join(cell.text for cell in row.cells if cell.text) for row in block.rows]
