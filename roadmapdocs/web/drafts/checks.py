"""«Проверка перед подписанием»: what pages show of the check of a document."""

from __future__ import annotations

from typing import Any, Final

from flask import url_for

from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.visibility import may
from roadmapdocs.drafting.checks.gathering import Surroundings
from roadmapdocs.drafting.checks.operations import check_document
from roadmapdocs.drafting.checks.rules import Finding, Fix, Report, Severity
from roadmapdocs.drafting.profiles import own_profile
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.web.context import actor, settings, store, today

#: Lines of a block beside a document; its own page has all of them.
MOST_SHOWN: Final = 8
#: What nobody is going to sign any more has nothing to be checked before.
_OVER: Final = frozenset({Preparation.SIGNED, Preparation.WITHDRAWN})
_LOOKS: Final = {Severity.ERROR: "late", Severity.WARNING: "work", Severity.NOTE: "info"}


def surroundings() -> Surroundings:
    """What checks need of this installation."""
    return Surroundings(store(), own_profile(settings().data))


def checks_block(document: Document) -> dict[str, Any] | None:
    """What ``macros/checks.html`` asks for; None for what nobody is going to sign any more."""
    if document.preparation in _OVER:
        return None
    report = check_document(document, surroundings(), by=actor(), today=today())
    return {
        "counts": counts(report),
        "findings": lines(document, report.findings[:MOST_SHOWN]),
        "more": max(len(report.findings) - MOST_SHOWN, 0),
        "grave": lines(document, report.errors[:MOST_SHOWN]),
        "unchecked": _unchecked(report),
        "revision": document.revision,
        "url": url_for("roadmapdocs_checks.document", document_id=document.id),
        "mend_url": url_for("roadmapdocs_checks.mend", document_id=document.id),
    }


def counts(report: Report) -> list[dict[str, str]]:
    """Badges: so many of each severity; one that all is well where nothing was found."""
    words = {
        Severity.ERROR: lambda n: ngettext("%(num)s grave", "%(num)s grave", n),
        Severity.WARNING: lambda n: ngettext("%(num)s remark of the check", "%(num)s remarks of the check", n),
        Severity.NOTE: lambda n: ngettext("%(num)s to look at", "%(num)s to look at", n),
    }
    found = [
        {"look": _LOOKS[one], "label": words[one](report.count(one)), "symbol": ""} for one in Severity if report.count(one)
    ]
    return found or [{"look": "ok", "label": _("nothing found"), "symbol": ""}]


def _unchecked(report: Report) -> str:
    """How many checks could not be made, and the reasons, each once."""
    if not report.unchecked:
        return ""
    reasons = "; ".join(dict.fromkeys(why for _check, why in report.unchecked))
    count = len(report.unchecked)
    return ngettext("Not checked: %(num)s point (%(why)s).", "Not checked: %(num)s points (%(why)s).", count, why=reasons)


def lines(document: Document, findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    changeable = may(document, "change", actor())
    return [
        {
            "look": _LOOKS[one.severity],
            "word": _severity_word(one.severity),
            "place": one.place,
            "sentence": one.sentence,
            "mend": one.mend,
            "code": one.code if one.offered is not None and changeable else "",
            "button": _("Make the file anew") if one.offered is not None and one.offered.fix is Fix.FILE else _("Mend"),
            "after": one.offered.after if one.offered is not None else "",
        }
        for one in findings
    ]


def _severity_word(severity: Severity) -> str:
    return {Severity.ERROR: _("grave"), Severity.WARNING: _("remark of the check"), Severity.NOTE: _("look at it")}[severity]
