"""Differences of a returned file written into the JSON of a content. Pure."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from roadmapdocs.drafting.returned_lines import Change, Found
from roadmapdocs.drafting.values import Point
from roadmapdocs.drafting.values_json import write_values
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _

_STEP: Final = re.compile(r"(?P<name>\w+)(?:\[(?P<index>\d+)\])?")
_GONE: Final = object()


def take(content: Mapping[str, Any], chosen: Iterable[tuple[Found, Point | None]]) -> dict[str, Any]:
    """The content with these differences; each comes with how its new text was read, if it is a point.

    :raise Refusal: ``clash`` if the content has lost a place that one of them names
    """
    wanted = list(chosen)
    try:
        return _taken(content, wanted)
    except LookupError as error:
        raise clash([one.said.place if one.said else one.container for one, _point in wanted]) from error


def clash(places: list[str]) -> Refusal:
    return Refusal(
        "clash",
        _("The draft itself was changed there meanwhile. Compare, and write it into the draft by hand."),
        places=places,
    )


def _taken(content: Mapping[str, Any], chosen: list[tuple[Found, Point | None]]) -> dict[str, Any]:
    result = copy.deepcopy(dict(content))
    # Things are told by themselves, and not by their places: those shift as soon as something is added.
    things = {one.said.place: _thing(result, one.said.place) for one, _point in chosen if one.said is not None}
    anchors = {one.root: _thing(result, one.root) for one, _point in chosen if one.root}
    lists = {one.container: _list(result, one.container) for one, _point in chosen if one.container}
    new: dict[tuple[str, str], Any] = {}
    for found, point in chosen:
        if found.change is Change.CHANGED and found.said is not None:
            _rewrite(result, found.said.place, things[found.said.place], found.now, point)
        elif found.change is Change.REMOVED and found.said is not None:
            _remove(result, found.said.place, things[found.said.place])
        elif found.change is Change.MOVED and found.said is not None:
            thing = things[found.said.place]
            _take_out(lists[found.container], thing)
            _insert(lists[found.container], thing, _anchor(found, new, anchors))
        elif found.change is Change.ADDED and point is not None:
            made = _insert(lists[found.container], write_values(point), _anchor(found, new, anchors))
            new[found.container, found.root] = made
    return result


def _anchor(found: Found, new: Mapping[tuple[str, str], Any], anchors: Mapping[str, Any]) -> Any:
    """What it comes behind: the last new line there that was chosen, else the line of the draft."""
    if found.after.startswith("+") and (found.container, found.root) in new:
        return new[found.container, found.root]
    return anchors.get(found.root)


def _rewrite(content: dict[str, Any], place: str, thing: Any, text: str, point: Point | None) -> None:
    if isinstance(thing, dict) and point is not None:
        below, number = thing.get("points"), thing.get("appendix")
        thing.clear()
        thing.update(write_values(point))
        if below:
            thing["points"] = below
        if number and not thing.get("appendix") and thing.get("kind") == "approve":
            thing["appendix"] = number
    elif isinstance(thing, dict):
        thing["text"] = text
    else:
        holder, name = _holder(content, place)
        holder[name] = text


def _remove(content: dict[str, Any], place: str, thing: Any) -> None:
    holder, name = _holder(content, place)
    if isinstance(holder, list):
        _take_out(holder, thing)
    else:
        holder.pop(name, None)


def _insert(into: list[Any], thing: Any, anchor: Any) -> Any:
    """Behind the anchor, or first where there is none."""
    place = next((index + 1 for index, one in enumerate(into) if one is anchor), 0)
    into.insert(place, thing)
    return thing


def _take_out(of: list[Any], thing: Any) -> None:
    place = next((index for index, one in enumerate(of) if one is thing), None)
    if place is not None:
        del of[place]


def _thing(content: Any, place: str) -> Any:
    """What stands at a place; a text that is left out stands nowhere."""
    for name, index in _steps(place):
        content = content.get(name, _GONE) if index is None else content[name][index]
    return content


def _list(content: Any, place: str) -> list[Any]:
    """The list at a place, made if the content leaves an empty one out."""
    holder, name = _holder(content, place)
    made: list[Any] = holder.setdefault(name, [])
    return made


def _holder(content: Any, place: str) -> tuple[Any, Any]:
    *before, (name, index) = _steps(place)
    for step, at in before:
        content = content[step] if at is None else content[step][at]
    return (content, name) if index is None else (content[name], index)


def _steps(place: str) -> list[tuple[str, int | None]]:
    return [
        (found["name"], int(found["index"]) if found["index"] else None)
        for part in place.split(".")
        if (found := _STEP.fullmatch(part)) is not None
    ]
