"""The whole surface on which other code may react to what happens here: one signal a line.

Signals are sent inside the transaction of the change, so that a receiver's rows live and die with it; a
receiver with an effect outside the database wraps it in :func:`roadmapdocs.db.after_commit`.
"""

from __future__ import annotations

from blinker import Namespace

_signals = Namespace()

#: A roadmap's edition was stored. Sender: the Edition; ``previous``: the Edition it replaces or None.
edition_stored = _signals.signal("edition-stored")

#: A document's card was made or changed. Sender: the Document; ``by``: the Actor.
document_changed = _signals.signal("document-changed")

#: What proves a period of an item changed. Sender: the ExpectedDocument; ``by``: the Actor.
coverage_changed = _signals.signal("coverage-changed")
