"""What one document does to another as roadmap.document.link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.operations import link_documents
from roadmapdocs.documents.links.operations import unlink as unlink_documents
from roadmapdocs.documents.links.rules import source_words
from roadmapdocs.documents.models import Document, DocumentLink
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.fields import Field, Pairs, Row, Type, Write, lazy
from roadmapdocs.erp.odoo.models.shared import DOCUMENT_MODEL, readable_names
from roadmapdocs.erp.odoo.registry import Method, Model, Parameter, Values


def _rows(env: Env) -> object:
    """Links whose two ends the actor may read."""
    seen = Document.select(Document.id).where(visible_to(env.actor))
    return DocumentLink.select().where(DocumentLink.source.in_(seen) & DocumentLink.target.in_(seen.clone()))


def _names(rows: Sequence[Row], env: Env) -> Iterable[object]:
    names = readable_names({row.target_id for row in rows}, env)
    return [f"{source_words(LinkKind(row.kind))} {names.get(row.target_id, '')}".strip() for row in rows]


def _kinds() -> Pairs:
    return [(str(kind), source_words(kind)) for kind in LinkKind]


def _create(values: Values, env: Env) -> int:
    made = link_documents(
        values["source_id"],
        values["target_id"],
        LinkKind(values["kind"]),
        note=values.get("note") or "",
        points=values.get("points") or "",
        since=values.get("since"),
        by=env.actor,
        now=env.now,
        today=env.today,
    )
    return int(made.id)


def _unlink(link_id: int, env: Env) -> None:
    """The reason comes in the context: a link is taken off with a reason, as on the card."""
    reason = env.context.raw.get("reason")
    unlink_documents(link_id, reason if isinstance(reason, str) else "", by=env.actor, now=env.now, today=env.today)


def _action_unlink(ids: Sequence[int], env: Env, reason: str) -> bool:
    for one in ids:
        unlink_documents(one, reason, by=env.actor, now=env.now, today=env.today)
    return True


LINK: Final = Model(
    name="roadmap.document.link",
    description=lazy("Link between documents"),
    table=DocumentLink,
    rows=_rows,
    display=Field(Type.CHAR, lazy("Name"), needs=(DocumentLink.kind, DocumentLink.target), read=_names),
    fields={
        "source_id": Field(
            Type.MANY2ONE, lazy("Document that acts"), column=DocumentLink.source, relation=DOCUMENT_MODEL, required=True,
            write=Write.CREATE,
        ),
        "target_id": Field(
            Type.MANY2ONE, lazy("Document acted on"), column=DocumentLink.target, relation=DOCUMENT_MODEL, required=True,
            write=Write.CREATE,
        ),
        "kind": Field(
            Type.SELECTION, lazy("What it does"), column=DocumentLink.kind, selection=_kinds, required=True, write=Write.CREATE
        ),
        "note": Field(Type.TEXT, lazy("Note"), column=DocumentLink.note, write=Write.CREATE),
        "points": Field(Type.CHAR, lazy("Points"), column=DocumentLink.points, write=Write.CREATE),
        "since": Field(Type.DATE, lazy("First day"), column=DocumentLink.since, write=Write.CREATE),
        "acted": Field(Type.BOOLEAN, lazy("Has had its effect"), column=DocumentLink.acted),
        "author": Field(Type.CHAR, lazy("Made by"), column=DocumentLink.made_by),
        "create_date": Field(Type.DATETIME, lazy("Made"), column=DocumentLink.made_at),
    },
    create=_create,
    unlink=_unlink,
    methods={"action_unlink": Method(_action_unlink, lazy("Take the link off"), (Parameter("reason", Type.TEXT, required=True),))},
)
MODELS = (LINK,)
