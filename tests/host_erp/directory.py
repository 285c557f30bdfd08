"""The ERP's people, as a module asks for them."""

from __future__ import annotations

from flask import url_for
from flask_login import current_user
from werkzeug.security import check_password_hash

from roadmapdocs.people.incoming import (
    IncomingAccount,
    IncomingOrganisation,
    IncomingPerson,
    IncomingPost,
    IncomingUnit,
    Snapshot,
)
from roadmapdocs.people.rules import Role
from tests.host_erp.access import ADMIN, EVERYONE
from tests.host_erp.models import Company, Department, Employee, Group, Membership, Permission, User


class ErpDirectory:
    """``module`` is whose permissions become roles: the codes of its permissions are the names of roles."""

    name = "host"

    def __init__(self, module: str) -> None:
        self._module = module

    def snapshot(self) -> Snapshot:
        staff = list(Employee.select().order_by(Employee.id))
        return Snapshot(
            source=self.name,
            organisations=tuple(
                IncomingOrganisation(str(one.id), one.name, one.short_name, one.genitive, one.place) for one in Company.select()
            ),
            units=tuple(
                IncomingUnit(str(one.id), one.name, one.abbreviation, str(one.parent_id or ""), str(one.company_id))
                for one in Department.select()
            ),
            people=tuple(
                IncomingPerson(str(one.id), one.surname, one.name, one.patronymic, one.gender, one.email) for one in staff
            ),
            posts=tuple(
                IncomingPost(
                    str(one.id), str(one.department_id), one.job, str(one.id), one.hired, one.dismissed, heads=one.heads
                )
                for one in staff
            ),
            accounts=tuple(self._accounts()),
            complete=True,
        )

    def _accounts(self) -> list[IncomingAccount]:
        rows = Permission.select(Permission.code, Group.code).join(Group).where(Permission.module == self._module).tuples()
        permitted = [(code, group) for code, group in rows if code in set(Role)]
        groups: dict[int, set[str]] = {}
        for user, group in Membership.select(Membership.user, Group.code).join(Group).tuples():
            groups.setdefault(user, set()).add(group)
        accounts = []
        for user in User.select().order_by(User.id):
            mine = groups.get(user.id, set()) | {EVERYONE}
            roles = {Role(code) for code, group in permitted if group in mine}
            if ADMIN in mine:
                roles.add(Role.ADMINISTRATOR)
            accounts.append(
                IncomingAccount(str(user.id), user.login, str(user.employee_id or ""), frozenset(roles), bool(user.active))
            )
        return accounts

    def current(self) -> str | None:
        return str(current_user.user.id) if current_user.is_authenticated else None

    def sign_in_address(self, back: str) -> str:
        return url_for("erp_sign_in.sign_in", next=back)

    def sign_out_address(self) -> str:
        return url_for("erp_sign_in.sign_out")

    def confirms(self, password: str) -> bool:
        """Simple signatures are given by the password of the ERP."""
        return current_user.is_authenticated and check_password_hash(current_user.user.password, password)
