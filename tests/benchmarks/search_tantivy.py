"""Tantivy on the same lemmas, as a yardstick: a library beside us, not an engine of the registry."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from roadmapdocs.search.ports import Both, Entry, Node, Phrase, Plan, Prefix, Sort, Tagged, Word, Zone
from roadmapdocs.search.tags import FACETS

_HEAP = 128_000_000


def installed() -> ModuleType | None:
    try:
        return importlib.import_module("tantivy")
    except ImportError:
        return None


class Tantivy:
    """Terms of one position follow each other, a phrase is asked for by the first term of each place."""

    def __init__(self, tantivy: ModuleType, folder: Path) -> None:
        self.tantivy = tantivy
        self.query = tantivy.Query
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="whitespace")
        builder.add_text_field("tags", tokenizer_name="whitespace", index_option="basic")
        builder.add_text_field("key", tokenizer_name="raw", stored=True, index_option="basic")
        builder.add_unsigned_field("day", fast=True)
        for facet in FACETS:
            builder.add_text_field(facet, tokenizer_name="raw", fast=True, index_option="basic")
        self.schema = builder.build()
        folder.mkdir(parents=True)
        self.index = tantivy.Index(self.schema, path=str(folder))
        self.writer = self.index.writer(_HEAP, 1)

    def write(self, put: Iterable[Entry]) -> None:
        for entry in put:
            self.writer.delete_documents_by_term("key", entry.key)
            words = (term for zone in Zone for position in entry.zones.get(zone, ()) for term in position)
            values: dict[str, Any] = {
                "text": " ".join(words), "tags": " ".join(entry.tags), "key": entry.key, "day": entry.day
            }  # fmt: skip
            for facet in FACETS:
                values[facet] = [tag for tag in entry.tags if tag.startswith(f"{facet}:")]
            self.writer.add_document(self.tantivy.Document.from_dict(values, self.schema))
        self.writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def search(self, plan: Plan) -> None:
        query = self._both([self._asked(plan.node), self._asked(Tagged(plan.readable))])
        if plan.facets:
            asked = {facet: {"terms": {"field": facet, "size": plan.most_values}} for facet in plan.facets}
            self.searcher.aggregate(query, asked)
        order = {"order_by_field": "day"} if plan.sort is Sort.DATE else {}
        found = self.searcher.search(query, max(plan.limit, 1), **order)
        for _, address in found.hits:
            self.searcher.doc(address)

    def _asked(self, node: Node) -> object:
        match node:
            case Word(terms):
                return self._any("text", sorted(terms))
            case Tagged(tags):
                return self.query.const_score_query(self._any("tags", sorted(tags)), 0.0)
            case Phrase(places):
                return self.query.phrase_query(self.schema, "text", [min(place) for place in places])
            case Prefix(start):
                return self.query.regex_query(self.schema, "text", f"{start}.*")
            case Both(nodes):
                return self._both([self._asked(one) for one in nodes])
        raise NotImplementedError(node)

    def _any(self, column: str, values: Sequence[str]) -> object:
        one = [self.query.term_query(self.schema, column, value, "freq") for value in values]
        return self.query.boolean_query([(self.tantivy.Occur.Should, each) for each in one])

    def _both(self, queries: Sequence[object]) -> object:
        return self.query.boolean_query([(self.tantivy.Occur.Must, each) for each in queries])
