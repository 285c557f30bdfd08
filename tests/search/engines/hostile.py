"""What people type and what files hold must not break an engine, nor make it answer something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roadmapdocs.search.ports import (
    Both,
    Either,
    Engine,
    Every,
    Node,
    Phrase,
    Plan,
    Prefix,
    Tagged,
    Without,
    Zone,
)
from tests.search.engines.entries import READER, entry, keys, positions
from tests.search.engines.matching import found, phrase, word

#: Terms that mean something in SQL, in FTS5, in a tsquery, in a pattern or in a query of Whoosh.
TERMS = (
    '"', '""', "'", "''", "'; DROP TABLE users; --", "*", "a*", "%", "_", "\\", "\\'", "(", ")", "()", ":", "a:b", ":*",
    "&", "|", "!", "<->", "<2>", "NEAR", "NOT", "AND", "OR", "near(a b)", "{text}", "^", "-", "--", "+", "~", "~1", "^2",
    "[a TO b]", "?", "/a/", "(a+)+$", "$1", "%s", "%(x)s", "{0}", "text:план", "title : план", "😀", "👨‍👩‍👧", "é", "e\u0301",
    "\u202eплан", "\ufeff", "ИВАНОВ", "иванов", "Ё", "ё", "a", "A", "ﬁ", "fi", "ß", "ss", "ı", "１", "1", "\U0010ffff",
)  # fmt: skip
#: These are in no entry, and are asked for nevertheless.
NEVER = ("\0", "а\0б", "\ud800", "", " ", "\n", "слово " * 5000, "x" * 100_000)
DEEP = 3_000


def _deep(make: str) -> Node:
    node: Node = word("план")
    for _ in range(DEEP):
        node = (
            Without(Without(node))
            if make == "without"
            else Both((node,))
            if make == "both"
            else Either((node,))
        )
    return node


class Hostile:
    def test_any_term_is_found_as_it_is_and_finds_nothing_else(self, engine: Engine) -> None:
        engine.write([entry(number) for number in range(900, 903)])
        engine.write(
            replace(entry(number), zones={Zone.TEXT: ((term,), ("план",))})
            for number, term in enumerate(TERMS, 1)
        )
        wrong = [term for number, term in enumerate(TERMS, 1) if found(engine, word(term)) != keys(number)]
        assert wrong == []
        apart = [Phrase((frozenset({term}), frozenset({"план"}))) for term in TERMS]
        wrong = [
            term for number, term in enumerate(TERMS, 1) if found(engine, apart[number - 1]) != keys(number)
        ]
        assert wrong == []

    @pytest.mark.parametrize("term", NEVER, ids=lambda term: repr(term[:8]))
    def test_a_term_that_cannot_be_finds_nothing(self, shelf: Engine, term: str) -> None:
        assert found(shelf, word(term)) == found(shelf, Tagged(frozenset({term}))) == set()
        assert found(shelf, word(term, "шнор")) == keys(4)
        assert found(shelf, Phrase((frozenset({term}), frozenset({"план"})))) == set()
        assert found(shelf, Without(word(term))) == found(shelf, Every())
        shelf.search(
            Plan(Prefix(term), READER, first=(word(term),), hidden=frozenset({term}), facets=(term,))
        )
        assert shelf.frequencies({term}).get(term, 0) == 0
        assert found(shelf, Every(), frozenset({term})) == set()

    @pytest.mark.parametrize("start", ['"', "*", "%", "_", "'", "\\", "план*", "пл%", "п_ан", ":*", "школ*"])
    def test_a_prefix_is_no_pattern(self, shelf: Engine, start: str) -> None:
        assert found(shelf, Prefix(start)) == set()

    @pytest.mark.parametrize(
        "tag", ["unit:'; --", 'signer:"a" OR "b"', "signer:Иванов И. И.", "unit:*", "kind:😀", "a"]
    )
    def test_any_tag_is_found_as_it_is(self, engine: Engine, tag: str) -> None:
        engine.write([replace(entry(1, "план"), tags=READER | {tag}), entry(2, tags="unit:1")])
        assert found(engine, Tagged(frozenset({tag}))) == keys(1)
        assert found(engine, Every(), frozenset({tag})) == keys(1)
        facet = tag.partition(":")[0]
        assert engine.search(Plan(Tagged(frozenset({tag})), READER, facets=(facet,))).facets == {
            facet: {tag: 1} if ":" in tag else {}
        }

    def test_five_hundred_words(self, shelf: Engine) -> None:
        terms = [f"слово{number}" for number in range(500)]
        assert found(shelf, Either((*map(word, terms), word("шнор")))) == keys(4)
        assert found(shelf, Both((*map(word, terms), word("шнор")))) == set()
        assert found(shelf, Both(tuple(Without(word(term)) for term in terms))) == found(shelf, Every())
        assert found(shelf, Both((word("план"),) * 500)) == keys(1, 3, 4)
        assert found(shelf, phrase(" ".join(terms))) == set()

    @pytest.mark.parametrize("make", ["without", "both", "either"])
    def test_deep_brackets(self, shelf: Engine, make: str) -> None:
        assert found(shelf, _deep(make)) == keys(1, 3, 4)

    def test_a_prefix_of_everything_is_answered(self, engine: Engine) -> None:
        engine.write(
            [entry(number, " ".join(f"а{number}.{n}" for n in range(300))) for number in range(1, 11)]
        )
        assert found(engine, Prefix("а")) == keys(*range(1, 11))
        assert found(engine, Prefix("а1.")) == keys(1)

    def test_a_phrase_of_many_alternatives(self, engine: Engine) -> None:
        places = tuple(frozenset(f"{place}.{n}" for n in range(20)) for place in "абвгдежз")
        engine.write([entry(1, " ".join(f"{place}.7" for place in "абвгдежз")), entry(2, "а.1 б.2 в.3")])
        assert found(engine, Phrase(places)) == keys(1)

    def test_a_huge_text(self, engine: Engine) -> None:
        """As of a book in a file: its end is found as well as its beginning."""
        text = tuple((f"слово{place % 5000}",) if place % 7 else ("план",) for place in range(200_000))
        text = (*text, *positions("самый конец|кончить текст"))
        engine.write([replace(entry(1), zones={Zone.TEXT: text}), entry(2, "план")])
        assert found(engine, word("план")) == keys(1, 2)
        assert found(engine, word("текст")) == found(engine, phrase("самый кончить текст")) == keys(1)
        assert found(engine, phrase("план слово1 слово2")) == keys(1)
        assert found(engine, phrase("конец самый")) == set()

    def test_a_term_of_a_whole_page_does_not_keep_the_record_out(self, engine: Engine) -> None:
        engine.write([entry(1, "план " + "ы" * 9_000 + " конец"), entry(2, "план")])
        assert found(engine, word("план")) == keys(1, 2)
        assert found(engine, word("конец")) == keys(1)
        assert found(engine, word("ы")) == set()
