"""What the page of search says: facets, parts of a question, places of fragments, notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from roadmapdocs.documents.rules import Preparation
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import pgettext
from roadmapdocs.search.answers import LONGEST_QUERY, MOST_WORDS, ChipKind, FoundRecord, Fragment, Note
from roadmapdocs.search.ports import COUNTED, RANKED, Sort
from roadmapdocs.search.tags import FORCE, KIND, SECTION, SIGNER, STATE, UNIT, YEAR
from roadmapdocs.web.assignments.words import state_word as assignment_word
from roadmapdocs.web.lists.words import standard_word
from roadmapdocs.web.pages import number
from roadmapdocs.web.words import Badge, preparation_badge
from roadmapdocs.workflow.rules import Line

#: Loud notes say that the answer is not what it should be.
_LOOKS: Final[Mapping[str, str]] = {"broken": "work", "rebuilding": "work"}
_FORCE_LOOKS: Final[Mapping[str, tuple[str, str | None]]] = {
    "in_force": ("ok", None),
    "amended": ("info", "edit"),
    "suspended": ("work", None),
    "ended": ("plain", None),
}
_ASSIGNMENT_LOOKS: Final[Mapping[str, tuple[str, str | None]]] = {
    "draft": ("plain", "edit"),
    "in_work": ("work", None),
    "clarifying": ("work", "info"),
    "returned": ("work", "undo"),
    "done": ("ok", None),
    "removed": ("ok", None),
    "cancelled": ("plain", "x"),
}
#: Characters of what was typed that a sentence repeats.
_LONGEST_PART: Final = 60
CHIP_SYMBOLS: Final[Mapping[ChipKind, str]] = {
    ChipKind.KIND: "doc",
    ChipKind.NUMBER: "stamp",
    ChipKind.DATE: "cal",
    ChipKind.PERSON: "users",
    ChipKind.ITEM: "road",
    ChipKind.FORCE: "check",
    ChipKind.STATE: "half",
    ChipKind.UNIT: "users",
}


def chip_word(kind: ChipKind) -> str:
    words = {
        ChipKind.KIND: pgettext("search", "kind"),
        ChipKind.NUMBER: pgettext("search", "number"),
        ChipKind.DATE: pgettext("search", "date"),
        ChipKind.PERSON: pgettext("search", "person"),
        ChipKind.ITEM: pgettext("search", "item"),
        ChipKind.FORCE: pgettext("search", "in force"),
        ChipKind.STATE: pgettext("search", "state"),
        ChipKind.UNIT: pgettext("search", "unit"),
    }
    return words[kind]


def facet_word(facet: str) -> str:
    words = {
        KIND: _("Kind"),
        YEAR: _("Year"),
        UNIT: _("Unit"),
        SIGNER: pgettext("search", "Signed by"),
        STATE: _("Preparation"),
        FORCE: _("Legal force"),
        SECTION: _("Roadmap"),
    }
    return words[facet]


def sort_word(sort: Sort) -> str:
    words = {
        Sort.RELEVANCE: _("by closeness"),
        Sort.DATE: _("by date, the newest first"),
        Sort.NUMBER: _("by number"),
    }
    return words[sort]


def place_words(fragment: Fragment) -> str:
    """Where a fragment stands; nothing for what the page shows anyhow."""
    name = fragment.name
    words = {
        "summary": _("in the summary"),
        "text": _("in the text"),
        "file": _("in the text of the file"),
        "attachment": _("in the attachment “%(name)s”", name=name) if name else _("in an attachment"),
        "comment": _("in a comment, %(who)s", who=name) if name else _("in a comment"),
        "remark": _("in a remark, %(who)s", who=name) if name else _("in a remark"),
        "field": _("in the field “%(name)s”", name=name) if name else _("in a field of the card"),
        "case": _("in the title of the case"),
        "item": _("in item %(number)s of the roadmap", number=name),
        "expected": _("among the expected documents"),
        "term": _("in the term"),
        "responsible": _("among those responsible"),
        "person": _("among the people of the assignment"),
        "report": _("in a report, %(who)s", who=name),
    }
    place = words.get(fragment.source, "")
    return _("%(place)s, p. %(page)s", place=place, page=fragment.page) if place and fragment.page else place


def state_badge(found: FoundRecord) -> Badge | None:
    """An annulled registration before all else; the force of a signed document, and how far one is that has none."""
    if found.annulled:
        return {"look": "plain", "label": standard_word(Line.REGISTRATION, "annulled"), "symbol": None}
    if found.force in _FORCE_LOOKS:
        look, symbol = _FORCE_LOOKS[found.force]
        return {"look": look, "label": standard_word(Line.FORCE, found.force), "symbol": symbol}
    if found.preparation and found.preparation != "signed":
        drawn = preparation_badge(Preparation(found.preparation))
        return {"look": drawn["look"], "label": standard_word(Line.PREPARATION, found.preparation), "symbol": None}
    return None


def assignment_badge(found: FoundRecord) -> Badge | None:
    """How an assignment stands; whether it is late is told on its own page."""
    look, symbol = _ASSIGNMENT_LOOKS.get(found.stands, ("info", None))
    return {"look": look, "label": assignment_word(found.stands), "symbol": symbol}


def note_words(note: Note, *, literal_url: str) -> dict[str, object] | None:
    """The note as a sentence with its look; ``act`` is a link that undoes what it tells of."""
    sentences = {
        "corrected": _("There is no word “%(word)s” here; shown for %(shown)s."),
        "layout": _("“%(word)s” was read as typed with the other keyboard layout: %(shown)s."),
        "unread": _("“%(part)s” could not be read as a condition and was searched for as words."),
        "too_long": _("Only the first %(limit)s characters were searched for.") % {"limit": number(LONGEST_QUERY)},
        "too_many_words": _("Only the first %(limit)s words were searched for.") % {"limit": MOST_WORDS},
        "only_stop_words": _("These words stand in nearly every document. Add one that says what it is about."),
        "rebuilding": _("The index of search is being built anew: not everything is found yet. Look again in a few minutes."),
        "broken": _(
            "The index of search cannot be read, so this was looked for by number, date and title alone. "
            "It is being mended by itself: look again in a few minutes."
        ),
        "as_words": _("With “%(part)s” as a condition nothing was found, so it was searched for as words."),
        "nowhere": _("There is no word “%(word)s” in what is open to you."),
        "unnarrowed": _("Without the chosen conditions there would be: %(count)s."),
        "capped": _("Much is found: closeness was weighed for the newest %(limit)s. Narrow the search to reach older ones.")
        % {"limit": number(RANKED)},
    }
    if note.code not in sentences:
        return None
    said = {name: shortened(value) for name, value in note.about.items()}
    about = {name: Markup("<b>%s</b>") % value if name == "shown" else value for name, value in said.items()}
    act = None
    if note.code in {"corrected", "layout"}:
        act = {"label": _("Search exactly for what is written"), "url": literal_url}
    return {"look": _LOOKS.get(note.code, "info"), "text": _filled(sentences[note.code], about), "act": act}


def shortened(words: str) -> str:
    return words if len(words) <= _LONGEST_PART else words[: _LONGEST_PART - 1] + "…"


def total_words(total: int, *, exact: bool) -> str:
    if not exact:
        return _("More than %(num)s found", num=number(max(total, COUNTED)))
    return _("Found: %(num)s", num=number(total)) if total else _("Nothing found")


def _filled(sentence: str, about: Mapping[str, object]) -> Markup:
    """The sentence with its places filled, each made harmless; one that is not told stays empty."""
    known = {"word": "", "shown": "", "part": "", "count": "", **about}
    return Markup(sentence) % known  # noqa: S704 - the sentence is ours; what is filled in is escaped
