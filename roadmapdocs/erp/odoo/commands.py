"""Commands on lists of related records: (0, 0, values), (1, id, values), (2, id), (3, id), (4, id), (5,), (6, 0, ids)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from roadmapdocs.erp.odoo import values
from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.i18n import gettext as _

if TYPE_CHECKING:
    from roadmapdocs.erp.odoo.context import Env
    from roadmapdocs.erp.odoo.fields import Apply

MOST_COMMANDS: Final = 2_000


class What(IntEnum):
    CREATE = 0
    UPDATE = 1
    DELETE = 2
    UNLINK = 3
    LINK = 4
    CLEAR = 5
    SET = 6


@dataclass(frozen=True, slots=True)
class Command:
    """``id`` and ``values`` of the related record, or ``ids`` of those that are to be in the list; as the kind has them."""

    what: What
    id: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)
    ids: tuple[int, ...] = ()


def parse_commands(name: str, value: object) -> tuple[Command, ...]:
    """What a client sends for a list. A plain list of ids sets the list; None and False empty it.

    :raise Invalid: ``value``, naming the field
    """
    if values.is_empty(value):
        return (Command(What.CLEAR),)
    if not isinstance(value, (list, tuple)) or len(value) > MOST_COMMANDS:
        raise values.wrong(name, value, _("Send up to %(most)s commands such as [4, 7] or [0, 0, {…}].", most=MOST_COMMANDS))
    if value and all(values.is_number(one) for one in value):
        return (Command(What.SET, ids=tuple(value)),)
    return tuple(_command(name, one) for one in value)


def _command(name: str, value: object) -> Command:
    parts = list(value) if isinstance(value, (list, tuple)) and 1 <= len(value) <= 3 else None
    if parts is None or not values.is_number(parts[0]) or parts[0] not in list(What):
        raise values.wrong(name, value, _("Send commands such as [4, 7] or [0, 0, {…}]."))
    what = What(parts[0])
    second, third = ([*parts[1:], None, None])[:2]
    if what in {What.CREATE, What.UPDATE}:
        if not isinstance(third, Mapping):
            raise values.wrong(name, value, _("Send the values of the line as its third part."))
        return Command(what, 0 if what is What.CREATE else values.whole(name, second), third)
    if what is What.SET:
        if not isinstance(third, (list, tuple)):
            raise values.wrong(name, value, _("Send the ids as its third part."))
        return Command(what, ids=tuple(values.whole(name, one) for one in third))
    return Command(what) if what is What.CLEAR else Command(what, values.whole(name, second))


def final_ids(commands: Sequence[Command], present: Sequence[int]) -> list[int]:
    """What a list of ids is after the commands, in order. Lines are neither made nor changed by this.

    :raise Invalid: ``command`` if one of them would make or change a line
    """
    found = dict.fromkeys(present)
    for one in commands:
        if one.what in {What.CREATE, What.UPDATE}:
            raise not_here(one.what)
        if one.what is What.LINK:
            found[one.id] = None
        elif one.what in {What.UNLINK, What.DELETE}:
            found.pop(one.id, None)
        else:
            found = dict.fromkeys(one.ids)
    return list(found)


def not_here(what: What) -> Invalid:
    sentence = _("The command %(number)s is not for this list.", number=int(what))
    return Invalid("command", sentence, command=int(what))


def children(model: str, pointing: str) -> Apply:
    """Commands on lines that point at their record by the field ``pointing``: lines are made, changed and removed."""

    def apply(record_id: int, commands: Sequence[Command], env: Env) -> None:
        from roadmapdocs.erp.odoo import writing  # noqa: PLC0415  # which reads values of lists by this module

        writing.apply_to_children(model, pointing, record_id, commands, env)

    return apply
