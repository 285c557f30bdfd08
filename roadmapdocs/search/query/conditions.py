"""What was recognised in a question as nodes: on the card by tags, and where it may be mentioned, in the text as well."""

from __future__ import annotations

import re
from functools import lru_cache

from roadmapdocs.search.analysis import positions
from roadmapdocs.search.analysis_numbers import number_terms
from roadmapdocs.search.ports import Both, Either, Node, Phrase, Tagged, Word, Zone
from roadmapdocs.search.query.places import phrase, places_of, wanted
from roadmapdocs.search.query.tree import DoneBy, OfDays, OfItem, OfKind, OfNumber, OfPerson
from roadmapdocs.search.tags import KIND, range_tags, tag

_ITEM_WORDS = frozenset({"пункт", "п"})
#: «за ноябрь 2021» is a month; a day of that month is cited with «от».
_WITHIN = frozenset({"за", "в", "во", "на"})
_PREPOSITION = re.compile(r"(?:за|в|во|на|от)\s+", re.IGNORECASE)


def kind_tags(kind: OfKind) -> frozenset[str]:
    tags = frozenset(tag(KIND, code) for code in kind.codes)
    return tags | {tag("expected", kind.expected.lower().replace("ё", "е"))} if kind.expected else tags


def kind_node(kind: OfKind) -> Node:
    """A document of the kind, or one whose title names it: «Об утверждении Положения о …»."""
    card = Tagged(kind_tags(kind))
    if kind.strict:
        return card
    named = phrase(places_of(kind.text), Zone.TITLE)
    return card if named is None else Either((card, named))


def number_tags(number: OfNumber) -> tuple[frozenset[str], ...]:
    """Tags of the document's own number: just so written, then with whatever letters it has."""
    exact, *digits = number_terms(number.text) or (f"#{number.text.lower()}",)
    if number.text.isdecimal():
        return frozenset({tag("num", exact)}), frozenset(tag("num", one) for one in digits)
    return (frozenset({tag("num", exact)}),)


def number_node(number: OfNumber) -> Node:
    """The document's own number, or a mention of it."""
    card = Tagged(number_tags(number)[-1])
    if number.strict:
        return card
    mentioned = Word(frozenset({one.removeprefix("num:") for one in card.tags}))
    parts = places_of(number.text)
    # Texts are read with less boldness than questions: «4а-ОД» is a number and a word there.
    apart = phrase(parts) if len(parts) > 1 else None
    return Either((card, mentioned) if apart is None else (card, mentioned, apart))


def day_tags(days: OfDays) -> frozenset[str]:
    return _range_tags(days.since, days.until)


#: «с 2024» is some two hundred years, and the same ones in question after question.
_range_tags = lru_cache(maxsize=256)(range_tags)


def days_node(days: OfDays) -> Node:
    """The day of the card; a single day may be mentioned anywhere, a named stretch in the title."""
    card = Tagged(day_tags(days))
    if days.strict:
        return card
    if days.since is not None and days.since == days.until:
        return Either((card, Word(frozenset({f"@{days.since.isoformat()}"}))))
    named = _named_in_title(days) if days.named else None
    return card if named is None else Either((card, named))


def _named_in_title(days: OfDays) -> Node | None:
    """«за 2021 год», «на 2021-2022 учебный год» as titles say it, whatever words stand behind the years."""
    since, until = days.since, days.until
    assert since is not None, "what has a name has both ends"
    assert until is not None, "what has a name has both ends"
    found = [wanted(terms) for terms in positions(_PREPOSITION.sub("", days.named, count=1))]
    dated = [i for i, place in enumerate(found) if any(term.startswith("@") for term in place)]
    if dated:
        places = [_year_alone(place) for place in found[: dated[-1] + 1]]
        of_month = len(places) == 1 and all(term.startswith("@") for term in places[0])
        return phrase([_WITHIN, *places] if of_month else places, Zone.TITLE)
    if (since.month, since.day) == (9, 1) and until.year == since.year + 1:
        return Phrase((frozenset({str(since.year)}), frozenset({str(until.year)})), Zone.TITLE)
    whole_year = (since.month, since.day, until.month, until.day) == (1, 1, 12, 31) and since.year == until.year
    return Word(frozenset({str(since.year)}), Zone.TITLE) if whole_year else None


def _year_alone(place: frozenset[str]) -> frozenset[str]:
    """Of a year's terms the one that no day or month has: a heading that cites «от 18.09.2025» is not of 2025."""
    return frozenset(term for term in place if term.isdecimal()) or place


def year_node(year: int, *, of_card: bool = False) -> Node:
    """A card of the year, the number of that name, or a mention; ``of_card``: a mention in the title by the year alone."""
    mentioned = Word(frozenset({str(year)}), Zone.TITLE) if of_card else Word(frozenset({str(year), f"@{year}"}))
    return Either((Tagged(frozenset({f"year:{year}", f"num:{year}"})), mentioned))


def item_node(item: OfItem) -> Node:
    """The item itself, what proves it, or a mention; «п. 3» is mentioned with its word only."""
    card = Tagged(frozenset({tag("item", item.number)}))
    if item.strict:
        return card
    number = frozenset({item.number, *(term for place in positions(item.number) for term in wanted(place))})
    mentioned: Node = Word(number) if "." in item.number else Phrase((_ITEM_WORDS, number))
    return Either((card, mentioned))


def person_node(person: OfPerson) -> Node:
    """The surname with these initials, or all words of the full name."""
    initials = Word(_initialled(person.name))
    if not person.words:
        return initials
    return Either((initials, Both(tuple(Word(wanted(terms)) for word in person.words for terms in positions(word)))))


def done_by_node(done: DoneBy) -> Node:
    """By the signer or the drafter of the card: by initials where they are given, else by each word."""
    words = [Tagged(frozenset(tag(done.part, term) for term in place)) for place in places_of(done.name)]
    initials = _initialled(done.name)
    by_words: Node = Both(tuple(words)) if len(words) > 1 else words[0] if words else Either(())
    if not initials:
        return by_words
    by_initials = Tagged(frozenset(tag(done.part, term) for term in initials))
    return by_initials if "." in done.name else Either((by_initials, by_words))


def _initialled(name: str) -> frozenset[str]:
    """Terms of the surname with as many initials as are given."""
    terms = {term for place in positions(name) for term in place if term.startswith("&")}
    most = max((term.count(".") for term in terms), default=0)
    return frozenset(term for term in terms if term.count(".") == most)
