"""Tables of the working calendar."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.db import BaseModel


class DayException(BaseModel):
    """A day on which this office differs from the official calendar: ``working`` or off, and why (``name``)."""

    day = pw.DateField(unique=True)
    working = pw.BooleanField()
    name = pw.TextField()


MODELS = (DayException,)
