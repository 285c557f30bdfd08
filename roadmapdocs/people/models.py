"""Tables of people."""

from __future__ import annotations

import datetime as dt

import peewee as pw

from roadmapdocs.db import BaseModel, JsonField, UtcDateTimeField
from roadmapdocs.people.rules import Role, initials_after


class Organisation(BaseModel):
    """A legal person. Its forms are attributes of its own, never typed on a document."""

    name = pw.TextField(unique=True)
    short_name = pw.TextField()
    genitive = pw.TextField()
    place = pw.TextField(default="")


class Unit(BaseModel):
    """A department, centre or group of an organisation, with the abbreviation that roadmaps use (УО, ИМО, ОО)."""

    organisation = pw.ForeignKeyField(Organisation, backref="units", on_delete="RESTRICT")
    name = pw.TextField()
    abbreviation = pw.TextField(default="")
    parent = pw.ForeignKeyField("self", null=True, backref="children", on_delete="RESTRICT")

    class Meta:
        indexes = ((("organisation", "name"), True),)

    def __str__(self) -> str:
        return self.abbreviation or self.name


class Employee(BaseModel):
    surname = pw.TextField()
    name = pw.TextField()
    patronymic = pw.TextField(default="")
    gender = pw.CharField(max_length=1, constraints=[pw.Check("gender IN ('m', 'f')")])
    email = pw.TextField(default="")

    class Meta:
        indexes = ((("surname", "name", "patronymic"), False),)

    def __str__(self) -> str:
        return initials_after(self.surname, self.name, self.patronymic)


class EmployeeForms(BaseModel):
    """Forms of an employee's name that a person corrected: of each part, its nominative and what is not as computed.

    ``{"surname": {"nom": "Гогия", "gen": "Гогия"}}``. They hold while the part is still called so.
    """

    employee = pw.ForeignKeyField(Employee, unique=True, backref="+", on_delete="CASCADE")
    forms = JsonField(default=dict)


class PostForms(BaseModel):
    """Forms of a title of posts that a person corrected, by codes of cases; what is missing is computed."""

    title = pw.TextField(unique=True)
    forms = JsonField(default=dict)


class Post(BaseModel):
    """A post (должность) in a unit, held by an employee from a day until a day inclusive, or still.

    Whoever holds a post that ``heads`` is the head of its unit.
    """

    employee = pw.ForeignKeyField(Employee, backref="posts", on_delete="RESTRICT")
    unit = pw.ForeignKeyField(Unit, backref="posts", on_delete="RESTRICT")
    title = pw.TextField()
    since = pw.DateField()
    until = pw.DateField(null=True)
    heads = pw.BooleanField(default=False)

    class Meta:
        constraints = [pw.Check("until IS NULL OR until >= since")]

    @classmethod
    def held_on(cls, day: dt.date) -> pw.ModelSelect:
        return cls.select().where((cls.since <= day) & (cls.until.is_null() | (cls.until >= day)))


class Substitution(BaseModel):
    """Somebody is away from a day until a day inclusive, and who gives visas in that person's stead meanwhile.

    ``substitute`` is null where nobody does: the absence is known all the same. ``kinds`` are codes of kinds of
    documents; none mean all. Several substitutes are several rows.
    """

    absent = pw.ForeignKeyField(Employee, backref="absences", on_delete="RESTRICT", index=False)
    substitute = pw.ForeignKeyField(Employee, null=True, backref="stands_in", on_delete="RESTRICT", index=False)
    since = pw.DateField()
    until = pw.DateField()
    kinds = JsonField(default=list)
    reason = pw.TextField()
    set_by = pw.TextField()
    made_at = UtcDateTimeField()
    revoked_at = UtcDateTimeField(null=True)

    class Meta:
        constraints = [pw.Check("until >= since"), pw.Check("substitute_id <> absent_id")]
        indexes = ((("absent", "until"), False), (("substitute", "until"), False))

    @classmethod
    def live_on(cls, day: dt.date) -> pw.Expression:
        return cls.revoked_at.is_null() & (cls.since <= day) & (cls.until >= day)


class Acting(BaseModel):
    """Somebody fills a post by an order (исполняющий обязанности, и.о.), and signs as such.

    ``absent`` is who holds the post and is away; null while the post is vacant. ``printed`` is the title as
    documents print it («И.о. начальника управления»), ``basis`` the order in words, ``basis_document`` its id here.
    """

    unit = pw.ForeignKeyField(Unit, backref="+", on_delete="RESTRICT", index=False)
    title = pw.TextField()
    printed = pw.TextField()
    absent = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="RESTRICT", index=False)
    employee = pw.ForeignKeyField(Employee, backref="acts_for", on_delete="RESTRICT", index=False)
    since = pw.DateField()
    until = pw.DateField(null=True)
    basis = pw.TextField()
    basis_document = pw.IntegerField(null=True)
    set_by = pw.TextField()
    made_at = UtcDateTimeField()
    revoked_at = UtcDateTimeField(null=True)

    class Meta:
        constraints = [pw.Check("until IS NULL OR until >= since"), pw.Check("employee_id <> absent_id")]
        indexes = (
            (("unit", "title"), False),
            (("absent", "since"), False),
            (("employee", "since"), False),
        )

    @classmethod
    def live_on(cls, day: dt.date) -> pw.Expression:
        return cls.revoked_at.is_null() & (cls.since <= day) & (cls.until.is_null() | (cls.until >= day))


class User(BaseModel):
    """An account. ``session_stamp`` changes with the password, which ends every open session."""

    login = pw.CharField(max_length=64, unique=True)
    password_hash = pw.TextField()
    employee = pw.ForeignKeyField(Employee, null=True, unique=True, backref="users", on_delete="RESTRICT")
    active = pw.BooleanField(default=True)
    failures = pw.IntegerField(default=0)
    locked_until = UtcDateTimeField(null=True)
    session_stamp = pw.CharField(max_length=32)

    def __str__(self) -> str:
        return str(self.login)


class UserRole(BaseModel):
    user = pw.ForeignKeyField(User, backref="roles", on_delete="CASCADE")
    role = pw.CharField(max_length=16, constraints=[pw.Check(f"role IN {tuple(str(role) for role in Role)}")])

    class Meta:
        indexes = ((("user", "role"), True),)


class UserGrant(BaseModel):
    """A right that a person has beyond the roles («регистрация задним числом»)."""

    user = pw.ForeignKeyField(User, backref="grants", on_delete="CASCADE")
    action = pw.CharField(max_length=32)

    class Meta:
        indexes = ((("user", "action"), True),)


class UserOrganisation(BaseModel):
    """An organisation in which the roles of an account count. An account without any has them in all."""

    user = pw.ForeignKeyField(User, backref="organisations", on_delete="CASCADE", index=False)
    organisation = pw.ForeignKeyField(Organisation, backref="+", on_delete="RESTRICT")

    class Meta:
        indexes = ((("user", "organisation"), True),)


class ExternalRecord(BaseModel):
    """Which of our rows stands for a record of another program.

    ``source`` is the program ("host", "ldap", "file", the name of a connector), ``model`` and ``external`` the record
    by its own names ("hr.employee", "17"); ``kind`` and ``local_id`` our row ("employee", 5). ``written`` is the record's
    state as the program names it (a moment, a hash), by which a change is noticed.
    """

    source = pw.CharField(max_length=64)
    model = pw.CharField(max_length=128)
    external = pw.CharField(max_length=128)
    kind = pw.CharField(max_length=32)
    local_id = pw.IntegerField()
    written = pw.TextField(default="")
    seen_at = UtcDateTimeField()

    class Meta:
        indexes = (
            (("source", "model", "external"), True),
            (("kind", "local_id", "source"), False),
        )


class ApiToken(BaseModel):
    """A personal token by which a program acts for a person, with that person's rights and no more.

    The token itself is shown once and not kept: ``digest`` is its SHA-256 (it is random, and long enough to need no
    salt), ``hint`` its first letters. ``scopes`` are of :class:`roadmapdocs.people.tokens.Scope`.
    """

    user = pw.ForeignKeyField(User, backref="tokens", on_delete="CASCADE")
    name = pw.TextField()
    digest = pw.CharField(max_length=64, unique=True)
    hint = pw.CharField(max_length=16)
    scopes = JsonField(default=list)
    made_at = UtcDateTimeField()
    expires_at = UtcDateTimeField(null=True)
    last_used_at = UtcDateTimeField(null=True)
    revoked_at = UtcDateTimeField(null=True)


MODELS = (
    Organisation,
    Unit,
    Employee,
    EmployeeForms,
    PostForms,
    Post,
    Substitution,
    Acting,
    User,
    UserRole,
    UserGrant,
    UserOrganisation,
    ExternalRecord,
    ApiToken,
)
