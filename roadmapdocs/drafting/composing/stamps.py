"""Stamps in the spelling and with the words that a profile wants."""

from __future__ import annotations

from roadmapdocs.documents.links.stamp_rules import Act, approval_stamp
from roadmapdocs.drafting.composing.common import one_line, quoted, without_stop
from roadmapdocs.drafting.profiles import Profile


def stamp_lines(gender: str, act: Act, profile: Profile, title: str) -> tuple[str, ...]:
    """«УТВЕРЖДЕНА / приказом … / от … № …»; ``title`` is the heading of the approving act, which some offices add."""
    word, by, when = approval_stamp(gender, act)
    heading = quoted(without_stop(one_line(title))) if profile.stamp_heading else ""
    return word if profile.yo else word.replace("Ё", "Е"), by, " ".join(filter(None, (when, heading)))
