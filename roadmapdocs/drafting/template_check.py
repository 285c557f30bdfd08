"""Checking a template before an office relies on it: what is wrong, where it stands, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from roadmapdocs.drafting import vocabulary as v
from roadmapdocs.drafting.engine.troubles import NOWHERE, Place, Severity
from roadmapdocs.drafting.engine.words import place_words, sentence
from roadmapdocs.drafting.rendering import troubles_of
from roadmapdocs.errors import Refusal

__all__ = ["Finding", "Severity", "check_template", "is_sound"]

#: What a document of a shape is never without (``domain.md`` §5): a template that does not print it is asked about.
OBLIGATORY: Final[dict[type[v.Page], tuple[str, ...]]] = {
    v.OrderPage: ("organisation", "kind", "date", "number", "title", "preamble", "decree", "points", "signers"),
    v.RegulationPage: ("stamp", "kind", "titles", "pieces"),
    v.NotePage: ("kind", "title", "pieces", "signers"),
    v.ProtocolPage: ("organisation", "kind", "number", "meeting", "chair", "secretary", "agenda", "signers"),
    v.ExtractPage: ("kind", "agenda", "certified", "copied_by"),
    v.AcquaintancePage: ("document", "people"),
    v.TablePage: ("caption", "pieces"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a template. With an ``ERROR`` it prints nothing; ``code`` is stable, ``where`` the place in words."""

    severity: Severity
    code: str
    sentence: str
    where: str = ""
    place: Place = NOWHERE
    name: str = ""


def check_template(data: bytes, page: type[v.Page]) -> list[Finding]:
    """All findings, the worst first; none, if all is well. A file that may not even be opened is a finding as well."""
    try:
        troubles = troubles_of(data, page, _wanted(page))
    except Refusal as refusal:
        return [Finding(Severity.ERROR, refusal.code, refusal.message)]
    found = [Finding(one.severity, str(one.code), sentence(one), place_words(one.place), one.place, one.name) for one in troubles]
    return sorted(dict.fromkeys(found), key=lambda one: one.severity is Severity.WARNING)


def is_sound(findings: list[Finding]) -> bool:
    """Whether documents can be made by it."""
    return all(one.severity is not Severity.ERROR for one in findings)


def _wanted(page: type[v.Page]) -> tuple[str, ...]:
    return next((OBLIGATORY[one] for one in page.__mro__ if one in OBLIGATORY), ())
