"""What installed plug-ins add: kinds, checks before signing, columns, rules of what proves an item, guards, effects.

A plug-in is a package with an entry point in the group ``roadmapdocs.plugins``: a function that is given the
:class:`Registry` once, when the program is put together. Filters of templates run in the printing process, which has
neither database nor settings; they stand in a group of their own, ``roadmapdocs.template_filters``
(:mod:`roadmapdocs.drafting.engine.sandbox`). What to listen to stands in :mod:`roadmapdocs.hooks`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final, TypeVar

from blinker import Signal

from roadmapdocs.coverage.rules import PROOF_RULES, ProofRule
from roadmapdocs.db import after_commit
from roadmapdocs.documents import kinds
from roadmapdocs.documents.effects import EFFECTS, Effect
from roadmapdocs.documents.export import Cell
from roadmapdocs.documents.guards import GUARDS, Guard
from roadmapdocs.documents.workflows import known
from roadmapdocs.drafting.checks.registry import CHECKS
from roadmapdocs.drafting.checks.rules import Check
from roadmapdocs.errors import ConfigurationError

GROUP: Final = "roadmapdocs.plugins"
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list of documents. ``values`` are asked once a page, by the ids of documents that the reader may
    read; ``width`` is in characters of the export."""

    name: str
    label: Callable[[], str]
    values: Callable[[Sequence[int]], Mapping[int, Cell]]
    width: int = 20


#: Columns by their names.
COLUMNS: Final[dict[str, Column]] = {}
#: Plug-ins that have been loaded, with the names of what each added.
LOADED: Final[dict[str, list[str]]] = {}


class Registry:
    """What a plug-in may add to. A name that is taken is refused, whoever took it."""

    def __init__(self, plugin: str) -> None:
        self._plugin = plugin
        self.added: list[str] = []

    def kind(self, code: str, row: Mapping[str, Any]) -> None:
        """A kind of documents, as a table of ``documents/kinds.toml`` has it; the office may change it afterwards.

        :raise ConfigurationError: naming what is wrong with the row
        """
        kinds.check_row(code, row, f"plug-in {self._plugin!r}")
        self._add(kinds.ADDED, "kind", code, row, taken=kinds.shipped())

    def check(self, check: Check) -> None:
        """A check of documents before signing; one of severity "error" keeps a document from being signed."""
        self._add(CHECKS, "check", check.code, check)

    def column(self, column: Column) -> None:
        self._add(COLUMNS, "column", column.name, column)

    def proof_rule(self, name: str, rule: ProofRule) -> None:
        """What a linked document has to be like to prove: :data:`roadmapdocs.coverage.rules.ProofRule`."""
        self._add(PROOF_RULES, "proof rule", name, rule)

    def guard(self, name: str, guard: Guard) -> None:
        """A condition that definitions of workflows may name."""
        self._add(GUARDS, "guard", name, guard)
        known.cache_clear()

    def effect(self, name: str, effect: Effect) -> None:
        """What else a transition does, for definitions of workflows to name."""
        self._add(EFFECTS, "effect", name, effect)
        known.cache_clear()

    def _add(self, to: dict[str, V], what: str, name: str, value: V, taken: Mapping[str, object] | None = None) -> None:
        if name in to or name in (taken or {}):
            raise ConfigurationError(f"plug-in {self._plugin!r}: the {what} {name!r} is there already; choose another name")
        to[name] = value
        self.added.append(f"{what} {name}")


def load_plugins() -> None:
    """Ask every installed plug-in what it adds, in the order of their names. Idempotent.

    :raise ConfigurationError: naming the plug-in and what is wrong with it
    """
    for point in sorted(entry_points(group=GROUP), key=lambda one: one.name):
        if point.name not in LOADED:
            _load(point)


def _load(point: EntryPoint) -> None:
    registry = Registry(point.name)
    try:
        point.load()(registry)
    except ConfigurationError:
        raise
    except Exception as problem:  # whatever a stranger's module does at its start
        raise ConfigurationError(
            f"plug-in {point.name!r} ({point.value}): {type(problem).__name__}: {problem}; mend it or uninstall it"
        ) from problem
    LOADED[point.name] = registry.added


def after(signal: Signal) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Decorator: be told of the facts of a signal once they are safe on disk, and not at all if they were taken back.

    What the receiver raises goes to the log, and to nobody else.
    """

    def connect(receiver: Callable[..., object]) -> Callable[..., object]:
        @wraps(receiver)
        def promised(sender: Any, **about: Any) -> None:
            after_commit(lambda: receiver(sender, **about))

        signal.connect(promised, weak=False)
        return receiver

    return connect
