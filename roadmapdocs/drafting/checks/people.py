"""Who signs: named, entitled on the day, with the post written as it is (§21, 7 and 10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from roadmapdocs.drafting.checks import places
from roadmapdocs.drafting.checks.facts import Facts, OfficeFacts, Signature
from roadmapdocs.drafting.checks.known import knows_person
from roadmapdocs.drafting.checks.rules import Trouble
from roadmapdocs.i18n import gettext as _

_FOR = re.compile(r"^\s*(?:за\s+|/\s*|з/)|/\s*[А-ЯЁа-яё]", re.IGNORECASE)
_ACTING = re.compile(r"^\s*(?:и\.?\s?о\.?|врио|вр\.?\s?и\.?\s?о\.?|временно исполняющ|исполняющ)", re.IGNORECASE)


def signer_missing(facts: Facts) -> Iterator[Trouble]:
    # A protocol is signed by its chair and secretary.
    if not facts.card.signer and facts.kind.own_number and facts.kind.group != "protocol":
        yield Trouble(places.card(), _("It is not said who signs."))


def signer_without_authority(facts: Facts) -> Iterator[Trouble]:
    """Only of a person whom the registry knows to have posts: others are brought in by name."""
    signer = facts.signer
    if signer is None or not signer.known or signer.posts or signer.acting:
        return
    told = _("%(name)s held no post on %(day)s and acted for nobody.", name=signer.name, day=facts.day.strftime("%d.%m.%Y"))
    yield Trouble(places.signature(), told)


def signer_away(facts: Facts) -> Iterator[Trouble]:
    signer = facts.signer
    if signer is None or not signer.away:
        return
    if signer.instead:
        told = _("%(name)s is away on %(day)s. By an order signs %(other)s.", name=signer.name, day=_day(facts), other=signer.instead)
    else:
        told = _("%(name)s is away on %(day)s, and no order appoints who acts.", name=signer.name, day=_day(facts))
    yield Trouble(places.signature(), told)


def signer_not_in_text(facts: Facts) -> Iterator[Trouble]:
    if facts.text is None or not facts.card.signer or not facts.kind.own_number:
        return
    printed = [one.name for one in facts.text.signatures]
    if not any(knows_person(OfficeFacts(people=(_surname_first(facts.card.signer),)), name) for name in printed):
        shown = ", ".join(printed) or _("nobody")
        yield Trouble(places.signature(), _("On the card signs %(signer)s, and under the text stands %(printed)s.", signer=facts.card.signer, printed=shown))


def _surname_first(name: str) -> str:
    """«Ветрова М. И.» of «М. И. Ветрова», as people are listed."""
    words = name.replace("\N{NO-BREAK SPACE}", " ").replace(".", ". ").split()
    surname = next((word for word in words if len(word.strip(".")) > 1), "")
    return " ".join([surname, *(word for word in words if word != surname)])


def signed_for_another(facts: Facts) -> Iterator[Trouble]:
    for one in facts.text.signatures if facts.text is not None else ():
        if _FOR.search(one.post):
            yield Trouble(places.signature(), _("“%(post)s”: nobody signs with «за» or a slash before the post.", post=one.post))


def acting_not_said(facts: Facts) -> Iterator[Trouble]:
    """Whoever fills a post by an order signs as «И.о. …», and whoever holds it does not."""
    signer, first = facts.signer, _first(facts)
    if signer is None or first is None or not first.post:
        return
    says = _ACTING.match(first.post) is not None
    if signer.acting and not signer.posts and not says:
        told = _("%(name)s acts by an order, and “%(post)s” does not say so.", name=signer.name, post=first.post)
        yield Trouble(places.signature(), told)
    if says and not signer.acting and signer.posts:
        told = _("“%(post)s”: on %(day)s no order lets %(name)s act for anybody.", post=first.post, day=_day(facts), name=signer.name)
        yield Trouble(places.signature(), told)


def _first(facts: Facts) -> Signature | None:
    return facts.text.signatures[0] if facts.text is not None and facts.text.signatures else None


def author_alone(facts: Facts) -> Iterator[Trouble]:
    visas = facts.visas or ()
    if visas and all(one.author for one in visas):
        yield Trouble(_("visas"), _("Nobody but the author has agreed: %(name)s.", name=visas[0].name))


def _day(facts: Facts) -> str:
    return facts.day.strftime("%d.%m.%Y")
