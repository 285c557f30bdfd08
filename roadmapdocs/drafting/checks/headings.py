"""The heading to the text: «О» or «Об», no full stop, the same on the card and in the file (§21, 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from roadmapdocs.drafting.checks import places
from roadmapdocs.drafting.checks.facts import Facts
from roadmapdocs.drafting.checks.rules import Fix, Trouble
from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.letters import fold_word
from roadmapdocs.russian.phrases import about

_ABOUT = re.compile(r"(?P<word>обо?|о)\s+[«\"„(]?(?P<next>[^\W_]+)", re.IGNORECASE)
_STOP = re.compile(r"(?<![.…])\.\s*$")
#: Shortenings with which a heading may well end.
_ENDS = re.compile(r"(?:\bг|\bгг|\bуч|\bт\.\s?д|\bт\.\s?п|\bдр|\bпр|\b[А-ЯЁ])\.\s*$")
_WORDS = re.compile(r"[^\W_]+")


def heading_about(facts: Facts) -> Iterator[Trouble]:
    if facts.kind.group == "order" and not _ABOUT.match(facts.card.title):
        yield Trouble(places.heading(), _("The heading does not answer “about what?”: it begins with neither «О» nor «Об»."))


def heading_vowel(facts: Facts) -> Iterator[Trouble]:
    title = facts.card.title
    found = _ABOUT.match(title)
    if found is None or facts.kind.group == "protocol":
        return
    right = about(title[found.end("word") :].strip())
    if found["word"].lower() != right.lower():
        word = right if found["word"][0].isupper() else right.lower()
        told = _("“%(printed)s %(next)s”: before this word it is “%(right)s”.", printed=found["word"], next=found["next"], right=word)
        yield Trouble(places.heading(), told, fix=Fix.TITLE, before=title, after=word + title[found.end("word") :])


def heading_stop(facts: Facts) -> Iterator[Trouble]:
    title = facts.card.title
    if _STOP.search(title) and not _ENDS.search(title):
        told = _("There is a full stop at the end of the heading.")
        yield Trouble(places.heading(), told, fix=Fix.TITLE, before=title, after=_STOP.sub("", title))


def heading_differs(facts: Facts) -> Iterator[Trouble]:
    """The words of the card's heading stand in the file, one after the other, within its first page."""
    if facts.text is None or facts.kind.group == "protocol" or not facts.card.title:
        return
    wanted = _folded(facts.card.title)
    head = _folded(" ".join(one.text for one in facts.text.main.passages[:60]))
    if f" {wanted} " not in f" {head} ":
        yield Trouble(places.heading(), _("The heading of the card is not found in the file: “%(title)s”.", title=facts.card.title))


def _folded(text: str) -> str:
    return " ".join(fold_word(word) for word in _WORDS.findall(text))
