"""Which kind of document an item of a roadmap expects, and what its words say about the heading."""

from __future__ import annotations

import re
from collections.abc import Iterable

from roadmapdocs.documents.links.naming import kind_word
from roadmapdocs.documents.models import Kind
from roadmapdocs.drafting.shapes import SHAPES
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.models import ExpectedDocument

#: Groups of kinds that are put into force by an order.
APPROVED = frozenset({"normative", "planning", "appendix"})
_TOPIC = re.compile(r"обо?\s|о\s|по\s", re.IGNORECASE)
# Words that say no more than the kind does.
_EMPTY = frozenset({"работы", "мероприятий", ""})
_APPROVED_BY = re.compile(r",?\s*утвержд[её]нн\w+\s.*$|,?\s*\(?утв\.\s.*$", re.IGNORECASE)


def kinds_for(expected: ExpectedDocument) -> list[Kind]:
    """Kinds that can be drafted for it, the likeliest first: the one that its words name, then the plain one."""
    rows = list(Kind.select().where(Kind.active).order_by(Kind.position))
    made = [kind for kind in rows if (shape := SHAPES.get(kind.template)) is not None and shape.values is not None]
    title = _folded(expected.title)
    made = [kind for kind in made if kind.group != "copy"]
    same = [kind for kind in made if kind.expected == expected.kind] or made

    def rank(kind: Kind) -> tuple[bool, bool]:
        return not _begins(title, kind), kind.short.casefold() != expected.kind

    return sorted(same, key=rank)


def chosen_kind(expected: ExpectedDocument, code: str) -> Kind:
    """The kind asked for, else the one that is meant.

    :raise Refusal: ``kind_choice`` with the codes to choose from where the words leave it open, or ``unknown_kind``
    """
    fitting = kinds_for(expected)
    if code:
        asked: Kind | None = Kind.get_or_none((Kind.code == code) & Kind.active)
        if asked is None:
            known = ", ".join(kind.code for kind in fitting)
            raise Refusal("unknown_kind", _("There is no kind %(code)s. Known: %(known)s.", code=code, known=known))
        return asked
    title = _folded(expected.title)
    first = fitting[0]
    if _begins(title, first) or first.short.casefold() == expected.kind or len(fitting) == 1:
        return first
    raise Refusal(
        "kind_choice",
        _("“%(title)s” may be documents of several kinds. Choose one.", title=expected.title),
        kinds=[kind.code for kind in fitting],
    )


def own_words(expected: ExpectedDocument, kind: Kind) -> str:
    """What the words of an expected document say beyond its kind: «о рабочей группе»; empty for «Приказ УО»."""
    title = _APPROVED_BY.sub("", " ".join(expected.title.split())).strip(" .,;")
    rest = next((title[len(word) :].strip() for word in _words(kind) if _starts(_folded(title), word)), title)
    if kind.group == "order" and not _TOPIC.match(rest):
        return ""
    return "" if rest.isupper() or rest.casefold() in _EMPTY else rest


def named_in(text: str, kinds: Iterable[Kind]) -> tuple[Kind, str] | None:
    """What a text says is approved or worked out, the kind and what stands behind it: «Положения», «о рабочей группе»."""
    forms = [(form, kind) for kind in kinds for form in {_folded(kind_word(kind, case)) for case in ("gen", "acc")}]
    forms.sort(key=lambda one: -len(one[0]))
    for found in re.finditer(r"(?<!\w)[а-яё]", text, re.IGNORECASE):
        behind = _folded(text[found.start() :])
        for form, kind in forms:
            if behind.startswith(form) and not behind[len(form) : len(form) + 1].isalpha():
                return kind, text[found.start() + len(form) :].strip(" .,;")
    return None


def _begins(title: str, kind: Kind) -> bool:
    return any(_starts(title, word) for word in _words(kind))


def _starts(title: str, word: str) -> bool:
    return bool(re.match(rf"{re.escape(word)}(?![\w-])", title))


def _words(kind: Kind) -> list[str]:
    """Words by which the kind is called, the longest first, folded."""
    words = {kind.short.casefold(), kind_word(kind).casefold()}
    if "," not in kind.name:
        words.add(kind.name.casefold())
    return sorted(map(_folded, words), key=len, reverse=True)


def _folded(words: str) -> str:
    return words.casefold().replace("ё", "е")
