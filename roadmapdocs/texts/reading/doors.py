"""One door to all readers."""

from __future__ import annotations

from roadmapdocs.files.kinds import Kind
from roadmapdocs.files.reading.encodings import decode
from roadmapdocs.files.reading.xlsx import read_xlsx
from roadmapdocs.files.rules import DEFAULT_LIMITS
from roadmapdocs.texts.reading.plain import Found, blocks_as_text, tidy
from roadmapdocs.texts.rules import Limits

#: Of one sign, in any encoding.
_MOST_BYTES = 4


def read(data: bytes, kind: Kind, limits: Limits) -> Found:
    """The text of a file that has been let in.

    :raise Refusal: by the reader of the format
    """
    match kind:
        case Kind.DOCX:
            from roadmapdocs.texts.reading.word import read_word  # noqa: PLC0415  # each file loads what it needs

            return read_word(data)
        case Kind.PDF:
            from roadmapdocs.texts.reading.pdf import read_pdf  # noqa: PLC0415  # likewise

            return read_pdf(data, limits)
        case Kind.XLSX:
            return Found(tidy(blocks_as_text(read_xlsx(data, "", DEFAULT_LIMITS))), "xlsx")
        case Kind.RTF:
            from roadmapdocs.texts.reading.rtf import read_rtf  # noqa: PLC0415  # likewise

            return read_rtf(data)
        case Kind.ODT | Kind.ODS:
            from roadmapdocs.texts.reading.odf import read_odf  # noqa: PLC0415  # likewise

            return read_odf(data, str(kind))
        case _:
            return Found(tidy(decode(data[: _MOST_BYTES * limits.signs])), "txt")
