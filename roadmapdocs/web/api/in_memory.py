"""Lists that are computed as a whole, in pages like those that a database gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.api.paging import Order, next_address, opened, sealed, whole

Row = TypeVar("Row")
_PLACE = Order((whole(None), whole(None)))


def began(asked: dict[str, Any], of: int) -> int:
    """The place behind which the page begins that ``asked["cursor"]`` names; 0 for the first page.

    :raise Refusal: ``cursor`` if it is none of ours, or of another state than ``of``
    """
    if not asked["cursor"]:
        return 0
    state, place = opened(asked["cursor"], _PLACE)
    if state != of or place < 0:
        sentence = _("The list has changed since. Begin with the first page.")
        raise Refusal("cursor", sentence, fields={"cursor": sentence})
    return int(place)


def continued(of: int, place: int) -> str:
    """Address of the page behind ``place``."""
    return next_address(sealed([of, place]))


def page_in_memory(
    rows: Sequence[Row], asked: dict[str, Any], shown: Callable[[list[Row]], list[dict[str, Any]]], *, of: int = 0
) -> dict[str, Any]:
    """A page of ``rows`` as an answer. ``of`` names the state of which they are the rows, such as an edition."""
    start = began(asked, of)
    end = start + asked["limit"]
    return {"items": shown(list(rows[start:end])), "next": continued(of, end) if end < len(rows) else None}
