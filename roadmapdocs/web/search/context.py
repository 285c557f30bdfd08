"""What the page of search shows: the question as it was understood, what narrows it, what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flask import url_for

from roadmapdocs.access.rules import Action, may
from roadmapdocs.documents.models import Document
from roadmapdocs.i18n import gettext as _
from roadmapdocs.search.address import asked_of_query, query_of
from roadmapdocs.search.answers import Answer, Asked, FoundRecord
from roadmapdocs.search.operations import search
from roadmapdocs.search.ports import Sort
from roadmapdocs.search.saved import NAME_LIMIT, searches_of
from roadmapdocs.search.tags import FACETS
from roadmapdocs.web.context import actor, today
from roadmapdocs.web.pages import capital
from roadmapdocs.web.search.around import chips, facet, pager, search_url, telling, tried, without_anything
from roadmapdocs.web.search.export import MOST_ROWS
from roadmapdocs.web.search.hits import hits
from roadmapdocs.web.search.words import (
    facet_word,
    note_words,
    sort_word,
    total_words,
)


def answer_context(asked: Asked) -> dict[str, object]:
    """A question and its answer, as ``search.html`` asks for them."""
    answer = search(asked, by=actor(), today=today())
    query = query_of(replace(asked, offset=0), today=today())
    nothing = None if answer.total else without_anything(answer)
    if nothing is not None:
        answer = replace(answer, notes=tuple(note for note in answer.notes if note.code != "nowhere"))
    return {
        **form_context(asked),
        "chips": chips(answer),
        "words": ", ".join(telling(answer.words)),
        "excluded": ", ".join(answer.excluded),
        "facets": [one for name in FACETS if (one := facet(name, answer)) is not None],
        "found": {
            "url": search_url(asked),
            "total": total_words(answer.total, exact=answer.exact),
            "notes": _notes(answer),
            "nothing": nothing,
            "suggestions": [{"label": one, "url": search_url(Asked(one))} for one in answer.suggestions],
            "shown_query": "" if _says_what_is_shown(answer) else answer.shown_query,
            "hits": hits(answer.hits),
            "first_wins": asked.sort is Sort.RELEVANCE and any(one.exact for one in answer.hits),
            "pager": pager(answer),
            "tried": [] if answer.hits else tried(answer),
            "exports": [
                {"label": kind.upper(), "url": f"{url_for('.export', format=kind)}?{query}"} for kind in ("xlsx", "csv")
            ],
            "export_limit": MOST_ROWS if answer.total > MOST_ROWS else None,
            "keep": {"query": query, "name": asked.query[:NAME_LIMIT]},
        },
    }


def form_context(asked: Asked) -> dict[str, object]:
    """The box, the switch of force and the order."""
    return {
        "q": asked.query,
        "in_force": asked.in_force is not None,
        "on": (asked.in_force or today()).isoformat(),
        "ignored": sorted(asked.ignored),
        "literal": asked.literal,
        "sorts": [(one.value, sort_word(one), one is asked.sort) for one in Sort],
        "narrowed": sum(len(values) for values in asked.narrowed.values()),
        "widen_url": search_url(replace(asked, narrowed={}, offset=0)),
        "may_be_told": actor().employee_id is not None,
    }


def start_context() -> dict[str, object]:
    """Before anything is asked: how to ask, and one's own searches."""
    return {
        **form_context(Asked("")),
        "chips": [],
        "words": "",
        "excluded": "",
        "facets": [],
        "found": None,
        "examples": [{"query": one, "words": words, "url": search_url(Asked(one))} for one, words in _examples()],
        "saved": saved_rows(),
        "keeps_abbreviations": may(actor(), Action.MANAGE_REGISTRY),
    }


def saved_rows() -> list[dict[str, object]]:
    rows = searches_of(actor().user_id)
    return [
        {
            "id": row.id,
            "name": row.name,
            "url": url_for(".open_saved", search_id=row.id),
            "words": saved_words(row.query),
            "notify": bool(row.notify),
        }
        for row in rows
    ]


def saved_words(query: str) -> str:
    """What a kept search asks for, in a line."""
    asked = asked_of_query(query, today=today())
    parts = [f"«{asked.query}»"] if asked.query else []
    parts += [facet_word(facet).lower() for facet in FACETS if asked.narrowed.get(facet)]
    if asked.in_force:
        parts.append(_("in force"))
    return ", ".join(parts)


def like_context(document: Document, found: Iterable[FoundRecord]) -> dict[str, object]:
    """Documents that are like one, instead of an answer."""
    number = f" №\N{NO-BREAK SPACE}{document.number}" if document.number else ""
    return {
        **form_context(Asked("")),
        "likened": f"{capital(document.kind.short)}{number} «{document.title}»",
        "card_url": url_for("roadmapdocs_documents.card", document_id=document.id),
        "hits": hits(found),
    }


def _says_what_is_shown(answer: Answer) -> bool:
    return any(note.code in {"corrected", "layout"} for note in answer.notes)


def _notes(answer: Answer) -> list[dict[str, object]]:
    """The way back to what was typed stands once, after the last word that was put right."""
    literal = search_url(replace(answer.asked, literal=True, offset=0))
    found = [one for note in answer.notes if (one := note_words(note, literal_url=literal)) is not None]
    for one in [one for one in found if one["act"]][:-1]:
        one["act"] = None
    return found


def _examples() -> list[tuple[str, str]]:
    """Questions that say by themselves what may be asked. They are Russian, as the documents are."""
    return [
        ("178-П", _("a number in any spelling: 178-п, №178П, 178 п")),
        ("приказ от ноября 2021", _("a kind and a date in plain words")),
        ("итоги зачёта по чтению", _("words in any form")),
        ('"рабочая группа"', _("words one after another")),
        ("протокол -черновик", _("a word that must not be there")),
        ("подписал:Лысенко в-силе:сегодня", _("who signed it, and whether it is in force")),
        ("пункт:2.1.1", _("what belongs to an item of a roadmap")),
    ]
