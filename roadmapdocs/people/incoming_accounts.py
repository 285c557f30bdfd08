"""Taking in accounts. They have no password of ours: who names them lets their owners in."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.incoming_matching import UNCLEAR, Matching, of_another
from roadmapdocs.people.incoming_rules import NO_PASSWORD, IncomingAccount, Kind, What
from roadmapdocs.people.incoming_taking import Taking, clean, key_of, make, singled, word
from roadmapdocs.people.incoming_unique import clashing
from roadmapdocs.people.models import Employee, User, UserRole
from roadmapdocs.people.rules import Role

LONGEST_LOGIN: Final = 64
#: What separates the words of a state; the first is "open" or "closed".
_BETWEEN: Final = " "


@dataclass(slots=True)
class _Wish:
    """What is to become of an account: the row (None: a new one), whose it is, its roles and whether it opens."""

    one: IncomingAccount
    row: User | None
    employee_id: int | None
    roles: frozenset[Role]
    active: bool
    why: str = ""

    @property
    def node(self) -> int | str:
        return self.row.id if self.row is not None else self.one.external


def take_accounts(taking: Taking, records: Iterable[IncomingAccount], *, complete: bool) -> set[int]:
    """Give the ids of the accounts that were closed."""
    cleaned = [replace(one, login=clean(one.login).lower()) for one in records]
    return _Accounts(taking).take(cleaned, complete=complete) if cleaned or complete else set()


class _Accounts:
    def __init__(self, taking: Taking) -> None:
        self.taking = taking
        self.rows = {row.id: row for row in User.select().iterator()}
        self.roles: dict[int, set[Role]] = {}
        for user_id, role in UserRole.select(UserRole.user, UserRole.role).tuples().iterator():
            self.roles.setdefault(user_id, set()).add(Role(role))
        self.closed: set[int] = set()

    def take(self, records: Collection[IncomingAccount], *, complete: bool) -> set[int]:
        single = singled(self.taking, Kind.USER, [(one, one.login) for one in records])
        matching = Matching(self.taking, Kind.USER, [one.external for one in single], self.rows)
        matching.by_key({one.external: one.login for one in single}, {row.login: [row.id] for row in self.rows.values()})
        wishes = [self._wish(one, matching.found[one.external]) for one in single]
        if complete:
            wishes += self._missing({one.external for one in records}, {one.row.id for one in wishes if one.row is not None})
        self._refuse_clashes(wishes)
        self._refuse_shutting_out(wishes)
        self._free_names([one for one in wishes if not one.why])
        for wish in wishes:
            if wish.why:
                self.taking.tell(What.REFUSED, Kind.USER, wish.one.external, wish.one.login, wish.why)
            elif wish.row is None:
                self._make(wish)
            else:
                self._change(wish, wish.row)
        return self.closed

    def _wish(self, one: IncomingAccount, found: int | None) -> _Wish:
        row = self.rows[found] if found is not None and found != UNCLEAR else None
        person = self.taking.refer(Kind.EMPLOYEE, one.person) if one.person else None
        state = self.taking.said(Kind.USER, one.external)
        said, was_open = read_state(state)
        held = self.roles.get(row.id, set()) if row is not None else set()
        # What was given or taken by hand stays; the source changes only what it says otherwise than before.
        roles = frozenset((held | (one.roles - said)) - (said - one.roles))
        if row is None:
            active = one.active
        elif not state:
            active = row.active and one.active
        else:
            active = row.active if one.active == was_open else one.active
        wish = _Wish(one, row, person if person is not None or row is None else row.employee_id, roles, active)
        wish.why = _refused(one, unclear=found == UNCLEAR, nobody=bool(one.person) and person is None)
        if not wish.why and row is not None and row.employee_id not in {None, wish.employee_id}:
            known = self.taking.known.get((Kind.USER, key_of(one.external)))
            if known is None or known.local_id != row.id:
                # Found by its login alone, which says nothing once the names disagree.
                wish.why = of_another(one.login, _full_name(row.employee_id), _full_name(wish.employee_id))
        return wish

    def _missing(self, named: set[str], matched: Collection[int]) -> list[_Wish]:
        """Accounts that the source knows of no more, to be closed."""
        gone = []
        for user_id, externals in sorted(self.taking.known_as(Kind.USER).items()):
            row = self.rows.get(user_id)
            if row is not None and row.active and user_id not in matched and named.isdisjoint(externals):
                one = IncomingAccount(min(externals), row.login, active=False)
                gone.append(_Wish(one, row, row.employee_id, frozenset(self.roles.get(row.id, set())), active=False))
        return gone

    def _refuse_clashes(self, wishes: Iterable[_Wish]) -> None:
        """One login and one person belong to one account."""
        logins: dict[Hashable, Hashable] = {row.id: row.login for row in self.rows.values()}
        owners: dict[Hashable, Hashable] = {row.id: row.employee_id for row in self.rows.values() if row.employee_id is not None}
        while wanted := [wish for wish in wishes if not wish.why]:
            new_logins: dict[Hashable, Hashable] = {wish.node: wish.one.login for wish in wanted}
            new_owners: dict[Hashable, Hashable] = {
                wish.node: wish.employee_id for wish in wanted if wish.employee_id is not None
            }
            taken, doubled = clashing(logins, new_logins), clashing(owners, new_owners)
            for wish in wanted:
                if wish.node in taken:
                    wish.why = self._login_taken(wish)
                elif wish.node in doubled:
                    wish.why = _("The person has another account already. One person has one account.")
            if not taken | doubled:
                return

    def _login_taken(self, wish: _Wish) -> str:
        owners = [row.employee_id for row in self.rows.values() if row.login == wish.one.login and row.id != wish.node]
        if wish.employee_id is not None and owners and owners[0] not in {None, wish.employee_id}:
            return of_another(wish.one.login, _full_name(owners[0]), _full_name(wish.employee_id))
        return _("The login is another account's. Choose another.")

    def _refuse_shutting_out(self, wishes: Iterable[_Wish]) -> None:
        """Nobody shuts himself out, and somebody stays who can let others in."""
        final = {row.id: bool(row.active) and Role.ADMINISTRATOR in self.roles.get(row.id, set()) for row in self.rows.values()}
        had = any(final.values())
        losing = []
        for wish in (one for one in wishes if not one.why):
            stays = wish.active and Role.ADMINISTRATOR in wish.roles
            if wish.row is not None and final[wish.row.id] and not stays:
                losing.append(wish)
                if wish.row.id == self.taking.by.user_id:
                    wish.why = _("You would shut yourself out of this page. Another administrator can change your account.")
                    continue
            if wish.row is not None:
                final[wish.row.id] = stays
            else:
                had = had and not stays
        if had and not any(final.values()):
            for wish in losing:
                wish.why = wish.why or _("Nobody would be left who is an administrator. Make somebody else one first.")

    def _free_names(self, wishes: Collection[_Wish]) -> None:
        """Logins and people that are exchanged pass through nobody's hands: no two have them for a moment."""
        by_login = {row.login: row.id for row in self.rows.values()}
        by_owner = {row.employee_id: row.id for row in self.rows.values() if row.employee_id is not None}
        for wish in wishes:
            holder = by_login.get(wish.one.login)
            if holder is not None and holder != wish.node:
                User.update(login=f"… {holder}").where(User.id == holder).execute()
            holder = by_owner.get(wish.employee_id)
            if holder is not None and holder != wish.node:
                User.update(employee=None).where(User.id == holder).execute()

    def _make(self, wish: _Wish) -> None:
        one = wish.one
        row = make(
            User,
            login=one.login,
            password_hash=NO_PASSWORD,
            employee=wish.employee_id,
            active=wish.active,
            session_stamp=secrets.token_hex(8),
        )
        for role in sorted(wish.roles):
            make(UserRole, user=row, role=role)
        effect = {"login": one.login, "roles": sorted(wish.roles), "employee": wish.employee_id, "active": wish.active}
        self.taking.journal("user_created", row, effect)
        self.taking.tell(What.MADE, Kind.USER, one.external, one.login, _role_words(wish.roles))
        self.taking.keep(Kind.USER, one.external, row.id, _state(one))

    def _change(self, wish: _Wish, row: User) -> None:
        one, before = wish.one, frozenset(self.roles.get(row.id, set()))
        told = [f"{word}: {_role_words(roles)}" for word, roles in self._roles_changed(before, wish.roles)]
        if row.login != one.login:
            told.append(f"{row.login} → {one.login}")
        if row.employee_id != wish.employee_id:
            told.append(_("its person: %(change)s", change=f"{word(_full_name(row.employee_id))} → {word(_full_name(wish.employee_id))}"))
        if row.active != wish.active:
            told.append(_("opens again") if wish.active else _("does not open any more"))
        if told:
            self._write(wish, row, before)
        ended = bool(row.active) and not wish.active
        if ended:
            self.closed.add(row.id)
        what = What.ENDED if ended else What.CHANGED if told else What.SAME
        self.taking.tell(what, Kind.USER, one.external, one.login, "; ".join(told))
        self.taking.keep(Kind.USER, one.external, row.id, _state(one))

    @staticmethod
    def _roles_changed(before: frozenset[Role], after: frozenset[Role]) -> list[tuple[str, frozenset[Role]]]:
        pairs = ((_("roles given"), after - before), (_("roles taken"), before - after))
        return [(word, roles) for word, roles in pairs if roles]

    def _write(self, wish: _Wish, row: User, before: frozenset[Role]) -> None:
        values: dict[str, object] = {"login": wish.one.login, "employee": wish.employee_id, "active": wish.active}
        if row.active and not wish.active:
            # Sessions opened before do not come back with the account.
            values["session_stamp"] = secrets.token_hex(8)
        User.update(values).where(User.id == row.id).execute()
        for role in sorted(wish.roles - before):
            make(UserRole, user=row, role=role)
        gone = before - wish.roles
        if gone:
            UserRole.delete().where((UserRole.user == row) & UserRole.role.in_(sorted(gone))).execute()
        effect: Mapping[str, object] = {
            "login": wish.one.login,
            "employee": wish.employee_id,
            "roles": sorted(wish.roles),
            "active": wish.active,
        }
        self.taking.journal("user_changed" if wish.active or not row.active else "user_closed", row, effect)


def _full_name(employee_id: int | None) -> str:
    row = Employee.get_or_none(Employee.id == employee_id)
    return " ".join(part for part in (row.surname, row.name, row.patronymic) if part) if row is not None else ""


def _role_words(roles: Iterable[Role]) -> str:
    words = {
        Role.CLERK: _("clerk"),
        Role.EXECUTIVE: _("executive"),
        Role.STAFF: _("staff member"),
        Role.COORDINATOR: _("roadmap coordinator"),
        Role.ADMINISTRATOR: _("administrator"),
    }
    return ", ".join(words[role] for role in sorted(roles))


def _state(one: IncomingAccount) -> str:
    """What the source says of an account, as it is remembered until the next time."""
    return _BETWEEN.join(["open" if one.active else "closed", *sorted(one.roles)])


def read_state(state: str) -> tuple[frozenset[Role], bool]:
    """Which roles the source had given, and whether it had the account open; nothing said is neither."""
    words = state.split(_BETWEEN)
    return frozenset(Role(one) for one in words[1:] if one in set(Role)), words[0] == "open"


def _refused(one: IncomingAccount, *, unclear: bool, nobody: bool) -> str:
    if not one.login:
        return _("It has no login.")
    if len(one.login) > LONGEST_LOGIN:
        return _("Its login is longer than %(most)s signs.", most=LONGEST_LOGIN)
    if unclear:
        return _("The login is named twice.")
    if nobody:
        return _("Its person is not there, or was refused.")
    return ""
