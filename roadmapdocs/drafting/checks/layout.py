"""Pages: paper, margins, fonts, sizes and numbers of pages by the profile (§21, 13 and 14)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from roadmapdocs.drafting.checks import places
from roadmapdocs.drafting.checks.facts import Facts, PageSize
from roadmapdocs.drafting.checks.rules import Trouble
from roadmapdocs.i18n import gettext as _

K = TypeVar("K", str, float)
#: Years beyond which documents are bound with a wide margin.
LONG_STORAGE = 10
#: Word rounds measures to twips, people to millimetres.
_ROUNDING = 0.6
_A4 = (210, 297)
#: Letters in another font or size that nobody minds: a sign, a stray space, the drafter's mark.
_SHARE = 0.05
#: Letters that fill more than a page.
_ONE_PAGE = 3_500


def margin_left(facts: Facts) -> Iterator[Trouble]:
    keep = facts.kind.keep_years
    long = keep is None or keep > LONG_STORAGE
    least = facts.profile.left if long else facts.profile.left_short
    # A page that lies across is bound at its upper side.
    found = [one.left if one.width <= one.height else max(one.left, one.top) for one in _sections(facts)]
    if found and min(found) < least - _ROUNDING:
        told = (
            _("The left margin is %(found)s mm; a document kept over ten years has %(least)s mm.", found=_mm(min(found)), least=least)
            if long
            else _("The left margin is %(found)s mm; the least is %(least)s mm.", found=_mm(min(found)), least=least)
        )
        yield Trouble(places.pages(), told)


def margins(facts: Facts) -> Iterator[Trouble]:
    wanted = (("right", facts.profile.right), ("top", facts.profile.top), ("bottom", facts.profile.bottom))
    words = {"right": _("the right margin"), "top": _("the top margin"), "bottom": _("the bottom margin")}
    for name, least in wanted:
        found = [getattr(one, name) for one in _sections(facts) if one.width <= one.height]
        if found and min(found) < least - _ROUNDING:
            yield Trouble(places.pages(), _("Too narrow: %(margin)s is %(found)s mm; the least is %(least)s mm.", margin=words[name], found=_mm(min(found)), least=least))


def paper(facts: Facts) -> Iterator[Trouble]:
    for one in _sections(facts):
        sides = sorted((one.width, one.height))
        if any(abs(side - usual) > 2 for side, usual in zip(sides, _A4, strict=True)):
            yield Trouble(places.pages(), _("The paper is %(width)s × %(height)s mm, not A4.", width=_mm(one.width), height=_mm(one.height)))
            return


def _sections(facts: Facts) -> list[PageSize]:
    """Those that say how large they are."""
    return [one for one in (facts.pages.sections if facts.pages is not None else ()) if one.width and one.height]


def fonts(facts: Facts) -> Iterator[Trouble]:
    allowed = facts.profile.fonts
    if facts.pages is None or not allowed:
        return
    others = _others(facts.pages.fonts, {name: name in allowed for name in facts.pages.fonts})
    if others:
        yield Trouble(places.pages(), _("The text is set in %(fonts)s; here it is %(allowed)s.", fonts=", ".join(others), allowed=", ".join(allowed)))


def sizes(facts: Facts) -> Iterator[Trouble]:
    if facts.pages is None or not facts.profile.sizes:
        return
    allowed = {float(one) for one in facts.profile.sizes}
    others = _others(facts.pages.sizes, {size: size in allowed for size in facts.pages.sizes})
    if others:
        shown = ", ".join(f"{size:g}" for size in others)
        wanted = ", ".join(map(str, facts.profile.sizes))
        yield Trouble(places.pages(), _("The size of the text is %(found)s; wanted is %(wanted)s.", found=shown, wanted=wanted))


def _others(counted: Mapping[K, int], fits: Mapping[K, bool]) -> list[K]:
    """What does not fit, the most frequent first, if it is more than a stray word."""
    wrong = [one for one in counted if not fits[one]]
    total = sum(counted.values())
    if not total or sum(counted[one] for one in wrong) <= _SHARE * total:
        return []
    return sorted(wrong, key=lambda one: (-counted[one], one))[:3]


def page_numbers(facts: Facts) -> Iterator[Trouble]:
    if facts.pages is not None and facts.pages.letters > _ONE_PAGE and not facts.pages.numbered:
        yield Trouble(places.pages(), _("The document has several pages, and they have no numbers."))


def _mm(value: float) -> str:
    return f"{value:g}"
