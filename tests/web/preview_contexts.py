"""Made-up contexts of the text beside a card: pages, a simplified view, and why there are no pages."""

from __future__ import annotations

from typing import Any

from roadmapdocs.web.previews.simple import Piece

ADDRESS = "/previews/5/9"
_PLAIN: dict[str, Any] = {
    "pages": [],
    "more_pages": 0,
    "pieces": (),
    "cut": False,
    "why": None,
    "again_url": None,
    "reload_url": None,
    "pdf_url": None,
    "archival": None,
}


def text(*paragraphs: str) -> dict[str, Any]:
    """Paragraphs and a table, cut, while pages are being made."""
    rows = ((("№", 1), ("Мероприятие", 2)), (("1", 1), ("Неделя чтения", 1), ("ноябрь", 1)))
    pieces = (*(Piece(one) for one in paragraphs), Piece(rows=rows))
    why = "The pages are being prepared. Look again in a minute."
    return _PLAIN | {"pieces": pieces, "cut": True, "why": why, "reload_url": "/documents/5#preview"}


def pages() -> dict[str, Any]:
    drawn = [{"number": number, "of": 5, "url": f"{ADDRESS}/pages/{number}", "width": 900, "height": 1273} for number in (1, 2, 3)]
    return _PLAIN | {"pages": drawn, "more_pages": 2, "pdf_url": f"{ADDRESS}/pdf", "archival": {"url": f"{ADDRESS}/pdf-a"}}


def failed() -> dict[str, Any]:
    why = "The pages could not be prepared: LibreOffice does not open this file."
    return _PLAIN | {"why": why, "again_url": f"{ADDRESS}/again", "archival": {"url": None}}
