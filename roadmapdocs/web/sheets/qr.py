"""The code that opens a card: for the page as SVG, for files as PNG."""

from __future__ import annotations

import io

from markupsafe import Markup

#: Of the smallest module of a code on paper, in pixels of the picture.
_SCALE = 8
_QUIET = 2


def code_svg(address: str) -> Markup:
    """An SVG element without styles of its own, its size left to the style sheet."""
    import segno  # noqa: PLC0415  # few pages have a code

    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=_QUIET, omitsize=True, svgclass="rd-qr", lineclass=None, dark="#000"
    )
    return Markup(drawn)  # noqa: S704  # made by the library out of squares, with none of the address's letters in it


def code_png(address: str) -> bytes:
    """Always the same bytes for the same address."""
    import segno  # noqa: PLC0415  # likewise

    stream = io.BytesIO()
    segno.make(address, error="m", micro=False).save(stream, kind="png", scale=_SCALE, border=_QUIET)
    return stream.getvalue()
