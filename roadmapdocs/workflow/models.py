"""Tables of workflows."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.db import BaseModel, JsonField, UtcDateTimeField


class AdoptedWorkflow(BaseModel):
    """Six definitions as documents started with them: never changed, so that a document finishes as it began.

    ``sources`` maps a line to ``{"code": …, "text": the TOML}``; ``digest`` is the SHA-256 over all of them.
    """

    digest = pw.CharField(max_length=64, unique=True)
    sources = JsonField()
    adopted_at = UtcDateTimeField()


MODELS = (AdoptedWorkflow,)
