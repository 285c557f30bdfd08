"""Words of the reference tables: groups of kinds, genders, when a journal counts from one again."""

from __future__ import annotations

from roadmapdocs.i18n import gettext as _
from roadmapdocs.registration.rules import Reset


def gender_words() -> dict[str, str]:
    return {"m": _("masculine: приказ"), "f": _("feminine: справка"), "n": _("neuter: положение"), "p": _("plural: правила")}


def group_words() -> dict[str, str]:
    return {
        "order": _("orders and directives"),
        "normative": _("regulations and rules"),
        "planning": _("plans and programmes"),
        "appendix": _("lists, appendices"),
        "protocol": _("protocols"),
        "note": _("notes and reports"),
        "copy": _("extracts and copies"),
        "other": _("other documents"),
    }


def reset_words() -> dict[str, str]:
    return {
        Reset.YEAR: _("on 1 January"),
        Reset.TERM: _("with a new term of its body"),
        Reset.NEVER: _("never"),
    }
