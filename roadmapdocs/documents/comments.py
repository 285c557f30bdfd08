"""What people say about a document, between the lines of its history."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Comment, Document
from roadmapdocs.documents.visibility import require_right
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor

COMMENT_LIMIT = 4_000


def comment(document: Document, text: str, *, by: Actor, now: dt.datetime) -> Comment:
    """Say something about a document; whoever may read it may.

    :raise Refusal: ``comment`` if the text is empty or too long
    """
    require_right(document, "read", by)
    text = text.strip()
    if not text:
        raise Refusal("comment", _("Nothing is written yet. Write what you want to say."))
    if len(text) > COMMENT_LIMIT:
        raise Refusal("comment", _("The comment is longer than %(limit)s characters. Shorten it.", limit=COMMENT_LIMIT))
    with transaction():
        said = Comment.create(document=document, text=text, by=by.name, user_id=by.user_id, at=now)
        record("commented", subject=document, effect={"comment": said.id}, by=by, now=now)
    return said


def comments_of(document: Document) -> list[Comment]:
    return list(Comment.select().where(Comment.document == document).order_by(Comment.id))
