"""Words of the standard states, as conditions of a list say them: by themselves, of no kind in particular."""

from __future__ import annotations

from collections.abc import Mapping

from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import pgettext
from roadmapdocs.web.lists.conditions import UNSIGNED
from roadmapdocs.workflow.rules import Line


def standard_word(line: Line, state: str) -> str:
    """A standard state by itself, without regard to the kind of a document."""
    return standard_words()[line].get(state, state)


def standard_words() -> Mapping[Line, Mapping[str, str]]:
    """Words of all standard states, and of "not signed yet"."""
    return {
        Line.PREPARATION: {
            UNSIGNED: pgettext("state", "not signed yet"),
            "draft": _("draft"),
            "in_approval": _("in approval"),
            "rework": pgettext("state", "being reworked"),
            "agreed": pgettext("state", "agreed"),
            "in_signing": _("in signing"),
            "signed": _("signed"),
            "withdrawn": _("withdrawn"),
        },
        Line.REGISTRATION: {
            "unregistered": pgettext("state", "not registered"),
            "reserved": pgettext("state", "number reserved"),
            "registered": pgettext("state", "registered"),
            "annulled": pgettext("state", "registration annulled"),
        },
        Line.FORCE: {
            "not_in_force": pgettext("state", "not in force"),
            "in_force": pgettext("state", "in force"),
            "amended": pgettext("state", "in force as amended"),
            "suspended": pgettext("state", "suspended"),
            "ended": pgettext("state", "without force"),
        },
        Line.ACQUAINTANCE: {
            "not_required": pgettext("state", "not required to be read"),
            "sent": pgettext("state", "sent to be read"),
            "partly": pgettext("state", "read by some"),
            "everyone": pgettext("state", "read by all"),
        },
        Line.CONTROL: {
            "off": pgettext("state", "not under control"),
            "on": pgettext("state", "under control"),
            "awaiting_removal": pgettext("state", "awaits removal from control"),
            "removed": pgettext("state", "removed from control"),
        },
        Line.STORAGE: {
            "in_work": pgettext("state", "in work"),
            "in_case": pgettext("state", "in a case"),
            "archived": pgettext("state", "in the archive"),
            "to_destroy": pgettext("state", "set apart to be destroyed"),
            "destroyed": pgettext("state", "destroyed"),
        },
    }

