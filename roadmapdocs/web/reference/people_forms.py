"""Forms of the reference tables. They name each field, so that no column is ever shown or written by accident."""

from __future__ import annotations

from typing import Any

from flask_admin.form import BaseForm
from wtforms import BooleanField, DateField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from roadmapdocs.access.rules import GRANTED, Action
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, Organisation, Unit
from roadmapdocs.people.rules import Role
from roadmapdocs.web.forms import lazy, plain_line
from roadmapdocs.web.words import gender_word, role_word

NAME_LIMIT = 500
DATE_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]


def line(label: str, *, required: bool = False, limit: int = NAME_LIMIT) -> Any:
    """One line of text without control characters."""
    first = InputRequired(lazy("Fill this in.")) if required else Optional()
    return StringField(label, [first, Length(max=limit)], filters=[plain_line])


def choice(label: str, *, required: bool = False) -> Any:
    """One row of another table by its id; None is nothing."""
    checks = [InputRequired(lazy("Choose one."))] if required else []
    return SelectField(label, checks, coerce=lambda value: int(value) if value else None)


def _rows(rows: Any, name: str) -> list[tuple[int | str, str]]:
    return [("", "—"), *((row.id, str(getattr(row, name, row))) for row in rows)]


def employees() -> list[tuple[int | str, str]]:
    rows = Employee.select().order_by(Employee.surname, Employee.name, Employee.id)
    return [("", "—"), *((row.id, f"{row.surname} {row.name} {row.patronymic}".strip()) for row in rows)]


def units() -> list[tuple[int | str, str]]:
    return _rows(Unit.select().order_by(Unit.name, Unit.id), "name")


class OrganisationForm(BaseForm):
    name = line(lazy("Full name"), required=True)
    short_name = line(lazy("Short name"), required=True)
    genitive = line(lazy("Name in the genitive"), required=True)
    place = line(lazy("Place"))

    def values(self) -> dict[str, object]:
        """Columns of the table."""
        return {name: self[name].data for name in ("name", "short_name", "genitive", "place")}


class UnitForm(BaseForm):
    organisation_id = choice(lazy("Organisation"), required=True)
    name = line(lazy("Name"), required=True)
    abbreviation = line(lazy("Abbreviation"), limit=32)
    parent_id = choice(lazy("Unit above"))

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        rows = Organisation.select().order_by(Organisation.name)
        self.organisation_id.choices = _rows(rows, "short_name")
        self.parent_id.choices = units()

    def values(self) -> dict[str, object]:
        """Columns of the table."""
        return {
            "organisation": self.organisation_id.data,
            "name": self.name.data,
            "abbreviation": self.abbreviation.data,
            "parent": self.parent_id.data,
        }


class EmployeeForm(BaseForm):
    surname = line(lazy("Surname"), required=True)
    name = line(lazy("First name"), required=True)
    patronymic = line(lazy("Patronymic"))
    gender = SelectField(lazy("Gender"), [InputRequired(lazy("Choose one."))])
    email = line(lazy("E-mail"), limit=254)

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.gender.choices = [(code, gender_word(code)) for code in ("f", "m")]

    def values(self) -> dict[str, object]:
        """Columns of the table."""
        return {name: self[name].data for name in ("surname", "name", "patronymic", "gender", "email")}


class PostForm(BaseForm):
    employee_id = choice(lazy("Employee"), required=True)
    unit_id = choice(lazy("Unit"), required=True)
    title = line(lazy("Post"), required=True)
    since = DateField(lazy("Since"), [InputRequired(lazy("Fill this in."))], format=DATE_FORMATS)
    until = DateField(lazy("Until"), [Optional()], format=DATE_FORMATS)
    heads = BooleanField(lazy("Heads the unit"))

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.employee_id.choices = employees()
        self.unit_id.choices = units()

    def values(self) -> dict[str, object]:
        """Columns of the table."""
        return {
            "employee": self.employee_id.data,
            "unit": self.unit_id.data,
            "title": self.title.data,
            "since": self.since.data,
            "until": self.until.data,
            "heads": self.heads.data,
        }


def grant_word(action: str) -> str:
    """A right that is given to a person, in a few words; one that no program version knows by its code."""
    words = {
        Action.BACKDATE: _("registers with an earlier date"),
        Action.CHANGE_ROUTE: _("changes who has to agree"),
    }
    return words[Action(action)] if action in words else action


def _boxes(label: str) -> Any:
    return SelectMultipleField(label, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())


class _RolesForm(BaseForm):
    employee_id = choice(lazy("Employee"))
    role_list = _boxes(lazy("Roles"))
    grant_list = _boxes(lazy("Rights beyond the roles"))
    organisation_list = SelectMultipleField(
        lazy("The roles count in"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=lazy("Choose none, and they count in all organisations."),
    )

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.employee_id.choices = employees()
        self.role_list.choices = [(str(role), role_word(role)) for role in Role]
        self.grant_list.choices = [(str(action), grant_word(action)) for action in GRANTED]
        rows = Organisation.select().order_by(Organisation.short_name, Organisation.id)
        self.organisation_list.choices = [(row.id, row.short_name) for row in rows]


class NewAccountForm(_RolesForm):
    login = line(lazy("Login"), required=True, limit=64)
    password = PasswordField(
        lazy("Password"),
        [InputRequired(lazy("Write a password.")), Length(max=1024)],
        description=lazy("Give it to the person, who changes it in the menu at the top right."),
    )


class AccountForm(_RolesForm):
    active = BooleanField(lazy("May sign in"))
    unlock = BooleanField(lazy("Forget the wrong passwords and let in at once"))
    password = PasswordField(
        lazy("New password"),
        [Optional(), Length(max=1024)],
        description=lazy("Leave it empty to keep the present one. A new one ends all open sessions."),
    )
