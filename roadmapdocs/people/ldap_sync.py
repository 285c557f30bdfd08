"""Everybody whom the directory of the office knows, as a snapshot."""

from __future__ import annotations

from typing import Final

from roadmapdocs.errors import ConfigurationError, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.incoming_rules import (
    IncomingAccount,
    IncomingPerson,
    IncomingPost,
    IncomingUnit,
    Kind,
    Line,
    Snapshot,
    What,
)
from roadmapdocs.people.incoming_taking import clean, fold
from roadmapdocs.people.ldap import ANSWER_S, SOURCE, Entry, asking, attributes, connected, entries_of
from roadmapdocs.people.outside import roles_of
from roadmapdocs.settings import Settings

MOST_PEOPLE: Final = 50_000
_PAGE: Final = 500


def snapshot_of_directory(settings: Settings) -> tuple[Snapshot, tuple[Line, ...]]:
    """All people below ``ldap_base`` that have a login, and the entries that are no people.

    Somebody with a title and a department has that post. An account comes with roles by groups, or with those of
    ``sign_in_makes``; whoever would have none gets no account.

    :raise ConfigurationError: where no directory is set
    :raise Refusal: ``directory_down``; ``too_many_people``
    """
    if not settings.ldap_address:
        raise ConfigurationError("ldap_address: is empty, so there is no directory to take people in from")
    entries = _all(settings)
    units: dict[str, IncomingUnit] = {}
    people: list[IncomingPerson] = []
    posts: list[IncomingPost] = []
    accounts: list[IncomingAccount] = []
    refused: list[Line] = []
    for entry in entries:
        one = entry.outsider(settings)
        if not one.surname or not one.name:
            refused.append(Line(What.REFUSED, Kind.EMPLOYEE, one.external, entry.dn, _("The surname or the name is missing.")))
            continue
        people.append(IncomingPerson(one.external, one.surname, one.name, one.patronymic, email=one.email))
        unit, title = clean(entry.text("department") or entry.text("ou")), clean(entry.text("title"))
        if unit and title and entry.active:
            units.setdefault(fold(unit), IncomingUnit(fold(unit), unit, parent=None))
            posts.append(IncomingPost(one.external, fold(unit), title, heads=None))
        roles = roles_of(one, settings)
        if roles:
            accounts.append(IncomingAccount(one.external, one.login, one.external, roles, entry.active))
    snapshot = Snapshot(
        SOURCE, units=tuple(units.values()), people=tuple(people), posts=tuple(posts), accounts=tuple(accounts), complete=True
    )
    return snapshot, tuple(refused)


def _all(settings: Settings) -> list[Entry]:
    with asking(), connected(settings) as service:
        pages = service.extend.standard.paged_search(
            settings.ldap_base,
            f"({settings.ldap_login}=*)",
            attributes=attributes(settings),
            paged_size=_PAGE,
            time_limit=ANSWER_S,
            generator=True,
        )
        entries: list[Entry] = []
        for response in pages:
            entries.extend(entries_of([response]))
            if len(entries) > MOST_PEOPLE:
                raise Refusal(
                    "too_many_people",
                    _("Below %(base)s there are more than %(most)s people. Name the part of the directory that is your office.",
                      base=settings.ldap_base, most=MOST_PEOPLE),
                )  # fmt: skip
    return entries
