"""What the engines are asked: the same plans for all, drawn from the lexicon of the archive."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping

from roadmapdocs.search.ports import Both, Node, Phrase, Plan, Prefix, Sort, Tagged, Word, Zone
from roadmapdocs.search.tags import FACETS, range_tags
from tests.benchmarks.search_corpus import KINDS, STAFF, lexicon

#: Ranks in the lexicon: a form of rank 30 stands in six of ten documents, one of rank 300 in every tenth.
COMMON, USUAL = range(30, 300), range(30, 1_000)

COMMON_WORD, THREE_WORDS, PHRASE, FILTERED, PREFIX, FACETED, PAGE, BY_DATE = OPERATIONS = (
    "common word",
    "three words",
    "phrase",
    "kind + dates + word",
    "prefix",
    "facet counts",
    "a page: three words, lifted, counted",
    "sort by date",
)


def questions(count: int) -> Mapping[str, list[Plan]]:
    """So many plans for each operation."""
    dice = random.Random(3)
    made: dict[str, list[Plan]] = {operation: [] for operation in OPERATIONS}
    for _ in range(count):
        common = _word(dice, COMMON)
        three = Both(tuple(_word(dice, USUAL) for _ in range(3)))
        since = dt.date(2014 + dice.randrange(8), dice.randrange(1, 13), dice.randrange(1, 28))
        chosen = Tagged(frozenset({f"kind:{dice.choice(KINDS[:4])}"}))
        dated = Tagged(range_tags(since, since + dt.timedelta(days=700)))
        made[COMMON_WORD].append(Plan(common, STAFF))
        made[THREE_WORDS].append(Plan(three, STAFF))
        made[PHRASE].append(Plan(_phrase(dice), STAFF))
        made[FILTERED].append(Plan(Both((common, chosen, dated)), STAFF))
        made[PREFIX].append(Plan(Prefix(_form(dice, USUAL)[0][:4]), STAFF))
        made[FACETED].append(Plan(common, STAFF, facets=FACETS, limit=0))
        made[PAGE].append(Plan(three, STAFF, first=tuple(_lifting(three)), facets=FACETS))
        made[BY_DATE].append(Plan(common, STAFF, sort=Sort.DATE))
    return made


def _form(dice: random.Random, ranks: range) -> tuple[str, ...]:
    return lexicon().forms[dice.choice(ranks)]


def _word(dice: random.Random, ranks: range) -> Word:
    return Word(frozenset(_form(dice, ranks)))


def _phrase(dice: random.Random) -> Phrase:
    """One that stands in a third of the documents, or in one of three hundred."""
    words = lexicon()
    places = words.phrases[dice.randrange(10, 1_000)]
    return Phrase(tuple(frozenset(words.forms[place]) for place in places))


def _lifting(three: Both) -> Iterator[Node]:
    """As a question's words are lifted: in a row, and all in the title."""
    words = [node.terms for node in three.nodes if isinstance(node, Word)]
    yield Phrase(tuple(words))
    yield Both(tuple(Word(terms, Zone.TITLE) for terms in words))
