"""Words of acts: how a group of them is called, what its button says, what was done."""

from __future__ import annotations

from dataclasses import dataclass

from roadmapdocs.approvals.rules import Decision
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import pgettext


@dataclass(frozen=True, slots=True)
class ActWords:
    """``verb`` names group and button, ``place`` says which of how many, with ``%(place)s`` and ``%(total)s``."""

    verb: str
    symbol: str
    open: str
    place: str
    done: str


def act_words(act: str) -> ActWords:
    look = pgettext("act", "Look into it")
    return {
        "agree": lambda: ActWords(
            pgettext("act", "Agree"), "tick", look, _("%(place)s of %(total)s to agree to"), _("Agreed: %(document)s.")
        ),
        "sign": lambda: ActWords(
            pgettext("act", "Sign"),
            "edit",
            pgettext("act", "Sign"),
            _("%(place)s of %(total)s to sign"),
            _("Signed: %(document)s. It goes on to be registered."),
        ),
        "confirm": lambda: ActWords(
            pgettext("act", "Confirm"),
            "stamp",
            pgettext("act", "Confirm"),
            _("%(place)s of %(total)s to confirm"),
            _("Confirmed: %(document)s."),
        ),
        "see": lambda: ActWords(
            pgettext("act", "I have seen it"), "eye", look, _("%(place)s of %(total)s for information"), _("Seen: %(document)s.")
        ),
    }[act]()


def group_word(act: str) -> str:
    """«Ознакомиться с ходом» for those who are only informed; for the others the verb itself."""
    return _("To know how it goes") if act == "see" else act_words(act).verb


def decided_word(decision: str) -> str:
    """As short as a badge wants it; the sheet of visas has the full words."""
    return {
        Decision.AGREED: pgettext("visa", "agreed"),
        Decision.REMARKS: pgettext("visa", "with remarks"),
        Decision.REFUSED: pgettext("visa", "not agreed"),
        Decision.SEEN: pgettext("visa", "seen"),
    }[Decision(decision)]


def in_place_words(name: str, acting: bool) -> str:
    """Over the list of what waits for somebody else: «За Ветрову М. И. по замещению», «Как и.о.: Ветрова М. И.»."""
    return _("As acting head: in the post of %(name)s", name=name) if acting else _("In place of %(name)s", name=name)


def done_words(sent: str, act: str) -> str:
    """What was done, with ``%(document)s``; ``sent`` is the button that was pressed, ``act`` what was asked."""
    words = {
        "agree": act_words("agree").done,
        "seen": act_words("see").done,
        "remarks": _("Agreed with remarks: %(document)s."),
        "refuse": _("Not agreed: %(document)s. The drafter reads why."),
        "return": _("Returned for rework: %(document)s."),
    }
    return words.get(sent, act_words(act if act in {"sign", "confirm"} else "sign").done)
