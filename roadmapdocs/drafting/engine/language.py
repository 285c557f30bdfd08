"""The language of templates: names, ``for``, ``if`` and a few filters; everything else is refused before it runs.

Jinja's own sandbox stops attribute walks and leaves time and memory to whoever calls it. Here the syntax tree is read
first: what is not in the tables below is not in the language, so there is nothing to walk, call or blow up.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any, Final

from jinja2 import nodes

from roadmapdocs.drafting.engine.names import NUMBER, TEXT, TRUTH
from roadmapdocs.drafting.engine.sandbox import FILTERS, LOOP
from roadmapdocs.drafting.engine.troubles import Code, Trouble

#: Loops within loops; a table within an appendix within a list is three.
DEEPEST_LOOP: Final = 4
LONGEST_TREE: Final = 50_000


class Reader:
    """Walks a syntax tree against the names of a page. ``place`` tells where a line of the source stands."""

    def __init__(self, names: Mapping[str, Any], place: Callable[[int | None], Any]) -> None:
        self.scopes: list[Mapping[str, Any]] = [names]
        self.place = place
        self.troubles: list[Trouble] = []
        self.used: set[str] = set()
        self.loops = 0

    def read(self, tree: nodes.Template) -> None:
        if sum(1 for _node in tree.find_all(nodes.Node)) > LONGEST_TREE:
            self._trouble(Code.TOO_LARGE, tree)
            return
        self._statements(tree.body)

    def _trouble(self, code: Code, node: nodes.Node, name: str = "", near: str = "", known: tuple[str, ...] = ()) -> None:
        self.troubles.append(Trouble(code, name, self.place(node.lineno), near, known))

    def _statements(self, body: list[Any]) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                for one in node.nodes:
                    if not isinstance(one, nodes.TemplateData):
                        self._output(one)
            elif isinstance(node, nodes.If):
                self._if(node)
            elif isinstance(node, nodes.For):
                self._for(node)
            else:
                self._trouble(Code.FORBIDDEN, node, _construct(node))

    def _output(self, node: Any) -> None:
        kind = self.kind(node)
        if isinstance(kind, list | Mapping):
            self._trouble(Code.NOT_A_TEXT, node, _shown(node), known=tuple(kind) if isinstance(kind, Mapping) else ())

    def _if(self, node: nodes.If) -> None:
        self.kind(node.test)
        self._statements(node.body)
        for other in node.elif_:
            self._if(other)
        self._statements(node.else_)

    def _for(self, node: nodes.For) -> None:
        kind = self.kind(node.iter)
        if kind is not None and not isinstance(kind, list):
            self._trouble(Code.NOT_A_LIST, node, _shown(node.iter))
            kind = None
        target = node.target
        if not isinstance(target, nodes.Name) or target.name == "loop" or target.name.startswith("_") or node.recursive:
            self._trouble(Code.FORBIDDEN, node, "for")
            return
        self.loops += 1
        if self.loops > DEEPEST_LOOP:
            self._trouble(Code.FORBIDDEN, node, "for")
        self.scopes.append({target.name: kind[0] if kind else None, "loop": LOOP})
        if node.test is not None:
            self.kind(node.test)
        self._statements(node.body)
        self.scopes.pop()
        self.loops -= 1
        self._statements(node.else_)

    def kind(self, node: Any) -> Any:
        """What an expression is: as in :mod:`roadmapdocs.drafting.engine.names`; None where that has been told as wrong."""
        read = _EXPRESSIONS.get(type(node))
        if read is None:
            self._trouble(Code.FORBIDDEN, node, _construct(node))
            return None
        return read(self, node)

    def _name(self, node: nodes.Name) -> Any:
        for scope in reversed(self.scopes):
            if node.name in scope:
                self.used.add(node.name)
                return scope[node.name]
        self._unknown(node, node.name, [name for scope in self.scopes for name in scope if name != "loop"])
        return None

    def _attribute(self, node: nodes.Getattr) -> Any:
        owner = self.kind(node.node)
        if owner is None:
            if node.attr.startswith("_"):
                self._trouble(Code.FORBIDDEN, node, node.attr)
            return None
        if isinstance(owner, Mapping) and node.attr in owner:
            return owner[node.attr]
        self._unknown(node, _shown(node), list(owner) if isinstance(owner, Mapping) else [], node.attr)
        return None

    def _unknown(self, node: nodes.Node, shown: str, known: list[str], name: str = "") -> None:
        last = name or shown
        if last.startswith("_"):
            self._trouble(Code.FORBIDDEN, node, shown)
            return
        near = difflib.get_close_matches(last, known, n=1, cutoff=0.6)
        self._trouble(Code.UNKNOWN_NAME, node, shown, near[0] if near else "", tuple(sorted(known)))

    def _item(self, node: nodes.Getitem) -> Any:
        owner = self.kind(node.node)
        whole = isinstance(node.arg, nodes.Const) and type(node.arg.value) is int
        if whole and isinstance(owner, list):
            return owner[0]
        if owner is not None or not whole:
            self._trouble(Code.FORBIDDEN, node, _shown(node.node) + "[…]")
        return None

    def _filter(self, node: nodes.Filter) -> Any:
        if node.name not in FILTERS or node.node is None:
            self._trouble(Code.UNKNOWN_FILTER, node, node.name, known=tuple(FILTERS))
            if node.node is not None:
                self.kind(node.node)
            return None
        takes, gives, _function = FILTERS[node.name]
        kind = self.kind(node.node)
        texts = all(isinstance(one, nodes.Const) and isinstance(one.value, str) for one in node.args)
        if not texts or len(node.args) > (node.name == "join") or node.kwargs or node.dyn_args or node.dyn_kwargs:
            self._trouble(Code.FORBIDDEN, node, f"|{node.name}(…)")
        elif kind is not None and (kind != takes if takes is not None else kind in (NUMBER, TRUTH)):
            self._trouble(Code.FORBIDDEN, node, f"{_shown(node.node)}|{node.name}")
        return gives

    def _constant(self, node: nodes.Const) -> Any:
        return {str: TEXT, bool: TRUTH, int: NUMBER}.get(type(node.value))

    def _all(self, node: Any) -> Any:
        for inner in node.iter_child_nodes():
            self.kind(inner)
        return TRUTH

    def _compare(self, node: nodes.Compare) -> Any:
        self.kind(node.expr)
        for operand in node.ops:
            self.kind(operand.expr)
        return TRUTH

    def _either(self, node: nodes.CondExpr) -> Any:
        self.kind(node.test)
        first = self.kind(node.expr1)
        return self.kind(node.expr2) if node.expr2 is not None else first

    def _concat(self, node: nodes.Concat) -> Any:
        for inner in node.nodes:
            self._output(inner)
        return TEXT


_EXPRESSIONS: Final[dict[type, Callable[[Reader, Any], Any]]] = {
    nodes.Name: Reader._name,
    nodes.Getattr: Reader._attribute,
    nodes.Getitem: Reader._item,
    nodes.Filter: Reader._filter,
    nodes.Const: Reader._constant,
    nodes.Not: Reader._all,
    nodes.And: Reader._all,
    nodes.Or: Reader._all,
    nodes.Compare: Reader._compare,
    nodes.CondExpr: Reader._either,
    nodes.Concat: Reader._concat,
}


def _shown(node: Any) -> str:
    """An expression as it is written, as far as the language goes."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_shown(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{_shown(node.node)}[…]"
    return _construct(node)


#: How the constructs that people try are written.
_WRITTEN: Final = {
    "Assign": "set",
    "AssignBlock": "set",
    "Call": "(…)",
    "CallBlock": "call",
    "FilterBlock": "filter",
    "FromImport": "from",
    "ScopedEvalContextModifier": "autoescape",
    "Mul": "*",
    "Pow": "**",
    "Add": "+",
    "Sub": "-",
    "Div": "/",
    "FloorDiv": "//",
    "Mod": "%",
    "Test": "is",
    "List": "[…]",
    "Tuple": "(…)",
    "Dict": "{…}",
}


def _construct(node: Any) -> str:
    name = type(node).__name__
    return _WRITTEN.get(name, name.lower())
