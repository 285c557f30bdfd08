"""The text is the one that was agreed upon, and the one that the draft says (§21, 20)."""

from __future__ import annotations

from collections.abc import Iterator

from roadmapdocs.drafting.checks.facts import Facts
from roadmapdocs.drafting.checks.rules import Fix, Severity, Trouble
from roadmapdocs.i18n import gettext as _


def changed_after_visa(facts: Facts) -> Iterator[Trouble]:
    visas = facts.visas or ()
    lapsed = [one.name for one in visas if one.lapsed]
    if lapsed:
        yield Trouble(_("visas"), _("The text has changed since these visas were given: %(names)s.", names=", ".join(lapsed)))
        return
    other = [one.name for one in visas if not one.same]
    if other:
        told = _("The file is another than at the first visa; only its wording has changed. Given before: %(names)s.", names=", ".join(other))
        yield Trouble(_("visas"), told, Severity.NOTE)


def file_behind_draft(facts: Facts) -> Iterator[Trouble]:
    if facts.stale:
        yield Trouble(_("text"), _("The draft was changed after this file was made of it."), fix=Fix.FILE)
