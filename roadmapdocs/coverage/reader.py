"""Coverage is computed once for everybody; what of the documents in it one person sees is decided here."""

from __future__ import annotations

from collections.abc import Iterable

from roadmapdocs.access.rules import Audience, may_read
from roadmapdocs.coverage.matrix import LinkedDocument
from roadmapdocs.people.rules import Actor


class Reader:
    """One person before shared coverage. Remembers verdicts: documents of an office have few different audiences."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._verdicts: dict[Audience, bool] = {}

    def may_read(self, document: LinkedDocument) -> bool:
        verdict = self._verdicts.get(document.audience)
        if verdict is None:
            verdict = self._verdicts[document.audience] = may_read(self._actor, document.audience)
        return verdict

    def seen(self, documents: Iterable[LinkedDocument]) -> tuple[LinkedDocument, ...]:
        """The same documents, those that are not open to this person without anything to know them by."""
        return tuple(one if self.may_read(one) else one.hidden() for one in documents)
