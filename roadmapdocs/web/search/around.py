"""The question around its answer: what was understood, what narrows it, its pages, and the ways out of an empty one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from flask import url_for

from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.letters import fold_word
from roadmapdocs.search.address import LAST_PAGE, PAGE, query_of, without
from roadmapdocs.search.analysis import STOP_WORDS
from roadmapdocs.search.answers import Answer, Asked, ChipKind
from roadmapdocs.search.tags import FACETS
from roadmapdocs.web.context import today
from roadmapdocs.web.search.words import CHIP_SYMBOLS, chip_word, facet_word, shortened

#: Values of a facet that are in sight; the others are behind «show all».
_IN_SIGHT: Final = 6


def search_url(asked: Asked) -> str:
    """The page of a question."""
    query = query_of(asked, today=today())
    return url_for(".index") + (f"?{query}" if query else "")


def chips(answer: Answer) -> list[dict[str, object]]:
    asked = replace(answer.asked, offset=0)
    return [
        {
            "word": chip_word(chip.kind),
            "value": chip.value,
            "symbol": CHIP_SYMBOLS[chip.kind],
            "url": search_url(replace(asked, ignored=asked.ignored | {chip.id})),
        }
        for chip in answer.chips
    ]


def facet(name: str, answer: Answer) -> dict[str, object] | None:
    values = answer.facets.get(name, ())
    if not values or (len(values) == 1 and not values[0].chosen and values[0].count == answer.total):
        return None
    shown = [{"value": one.value, "label": one.label, "count": one.count, "chosen": one.chosen} for one in values]
    return {
        "name": name,
        "label": facet_word(name),
        "values": [one for place, one in enumerate(shown) if place < _IN_SIGHT or one["chosen"]],
        "more": [one for place, one in enumerate(shown) if place >= _IN_SIGHT and not one["chosen"]],
    }


def telling(words: Iterable[str]) -> list[str]:
    """Without «по» and «о», unless there is nothing else."""
    said = list(words)
    return [word for word in said if fold_word(word) not in STOP_WORDS] or said


def pager(answer: Answer) -> dict[str, object]:
    """As the macro ``pager()`` takes it."""
    asked = answer.asked
    page, last = asked.offset // PAGE + 1, min(max(-(-answer.total // PAGE), 1), LAST_PAGE)
    shown = sorted({1, last, *range(max(page - 2, 1), min(page + 2, last) + 1)})
    pages: list[tuple[str, str | None, bool]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            pages.append(("…", None, False))
        pages.append((str(number), _page_url(asked, number), number == page))
    return {
        "first": asked.offset + 1,
        "last": asked.offset + len(answer.hits),
        "total": answer.total,
        "beyond": not answer.exact,
        "previous_url": _page_url(asked, page - 1) if page > 1 else None,
        "next_url": _page_url(asked, page + 1) if page < last else None,
        "pages": pages,
    }


def _page_url(asked: Asked, page: int) -> str:
    return search_url(replace(asked, offset=(page - 1) * PAGE))


def without_anything(answer: Answer) -> tuple[str, str] | None:
    """Why a question of one word, or of a number alone, finds nothing, and what to do; None for any other question."""
    asked = answer.asked
    if answer.excluded or asked.in_force is not None or any(asked.narrowed.values()):
        return None
    if len(answer.words) == 1 and not answer.chips and not {" ", '"'} & set(answer.words[0]):
        word = shortened(answer.words[0])
        return _("There is no word “%(word)s” in what is open to you.", word=word), _("Write another word for the same thing.")
    if not answer.words and [chip.kind for chip in answer.chips] == [ChipKind.NUMBER]:
        told = _("There is no document with the number %(number)s in what is open to you.", number=shortened(answer.chips[0].value))
        return told, _("Check the number, or search for words of the title.")
    return None


def tried(answer: Answer) -> list[dict[str, object]]:
    """What an empty answer was narrowed by, each with the question without it: the nearest that can be asked."""
    asked = replace(answer.asked, offset=0)
    ways: list[dict[str, object]] = []
    if asked.offset != answer.asked.offset:
        ways.append({"label": _("Go to the first page"), "url": search_url(asked)})
    if asked.in_force is not None:
        ways.append({"label": _("Search among what has no force any more, too"), "url": search_url(replace(asked, in_force=None))})
    for facet in FACETS:
        for value in sorted(asked.narrowed.get(facet, ())):
            label = next((one.label for one in answer.facets.get(facet, ()) if one.value == value), value)
            words = _("Without the condition “%(facet)s: %(value)s”", facet=facet_word(facet).lower(), value=label)
            ways.append({"label": words, "url": search_url(without(asked, facet, value))})
    if answer.chips and answer.words:
        every = asked.ignored | {chip.id for chip in answer.chips}
        ways.append({"label": _("Take everything for plain words"), "url": search_url(replace(asked, ignored=every))})
    return ways
