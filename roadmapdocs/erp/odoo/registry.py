"""Models under names that clients of Odoo know, each a description over our tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from roadmapdocs.access.rules import Action
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.errors import Unknown
from roadmapdocs.erp.odoo.fields import Field, Type, lazy
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.tokens import Scope

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument of a method. Its place and its name are a promise to clients, who use the one or the other.

    ``type`` is that of a field, or "any" for what the method checks itself. None and False stand for what was not given:
    the method then gets ``default``. ``aliases`` are names by which other versions of Odoo call it.
    """

    name: str
    type: Type | str = Type.CHAR
    required: bool = False
    default: Any = None
    help: str = ""
    aliases: tuple[str, ...] = ()
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """What a client may call. ``run(ids, env, **values)`` gives plain JSON values; ids are of records the actor may read.

    ``records`` says that it is about records, whose ids come before the other arguments; otherwise ids are empty.
    ``scope`` is what a token must be good for. ``ids_may_come`` are before the arguments of a method that is about no
    records: some of Odoo's were of the model in one version and of records in another.
    """

    run: Callable[..., object]
    string: str
    parameters: tuple[Parameter, ...] = ()
    scope: Scope = Scope.WRITE
    records: bool = True
    ids_may_come: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """
    ``rows(env)`` is the query of all rows of ``table`` that the actor may read: nothing else is ever read. A model without
    a table has ``listed(env)`` instead: all its records as mappings from names of fields to values, ``id`` among them.

    ``display`` is the field behind ``display_name``, by which records are searched by name, too. ``order`` is how lists
    are sorted if the client does not say. ``parent`` is the many2one that ``child_of`` walks along.

    ``create(values, env)`` makes a record and gives its id; ``write(id, values, env)`` and ``unlink(id, env)`` change and
    remove one; each runs within the call's transaction and calls the operation that pages call. Values have the shape
    that :class:`roadmapdocs.erp.odoo.fields.Field` tells; lists are not among them if their field has ``apply``.

    ``access`` is the action of the registry that "create", "write" or "unlink" takes; where none is named, whether
    somebody may is decided record by record.
    """

    name: str
    description: str
    fields: Mapping[str, Field]
    display: Field
    table: Any = None
    rows: Callable[[Env], Any] | None = None
    listed: Callable[[Env], Sequence[Mapping[str, Any]]] | None = None
    order: str = "id"
    parent: str = ""
    create: Callable[[Values, Env], int] | None = None
    write: Callable[[int, Values, Env], None] | None = None
    unlink: Callable[[int, Env], None] | None = None
    methods: Mapping[str, Method] = field(default_factory=dict)
    access: Mapping[str, Action] = field(default_factory=dict)

    def all_fields(self) -> Mapping[str, Field]:
        """The fields with those that every model has."""
        made = _WITH_COMMON.get(self.name)
        if made is None or made[0] is not self:
            number = Field(Type.INTEGER, lazy("ID"), column=self.table.id if self.table else None)
            made = _WITH_COMMON[self.name] = (self, {"id": number, **self.fields, "display_name": self.display})
        return made[1]


#: Not of one office: the same descriptions serve all.
_WITH_COMMON: Final[dict[str, tuple[Model, dict[str, Field]]]] = {}
MODELS: Final[dict[str, Model]] = {}


def publish(models: Iterable[Model]) -> None:
    """Let clients see these models. Publishing one again replaces it."""
    for one in models:
        MODELS[one.name] = one


def records(model: Model, env: Env) -> Sequence[Mapping[str, Any]]:
    """All records of a model without a table, each with a name to show; made once a call."""
    assert model.listed is not None
    key = ("listed", model.name)
    if key not in env.kept:
        env.kept[key] = [
            one if "display_name" in one else {"display_name": one.get("name", str(one["id"])), **one} for one in model.listed(env)
        ]
    found: Sequence[Mapping[str, Any]] = env.kept[key]
    return found


def model_of(name: object) -> Model:
    """
    :raise Unknown: ``unknown_model``
    """
    found = MODELS.get(name) if isinstance(name, str) else None
    if found is None:
        sentence = _("There is no model %(name)s here. The list of models is at /doc.", name=str(name)[:100])
        raise Unknown("unknown_model", sentence)
    return found
