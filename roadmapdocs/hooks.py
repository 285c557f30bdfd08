"""The whole surface on which other code may react to what happens here: one signal a line.

Questions are asked before a change: a receiver answers with a sentence that says why not, or with None.

All others are facts. They are sent inside the transaction of the change, so that a receiver's rows live and die with it; a
receiver with an effect outside the database is connected by :func:`roadmapdocs.plugins.after`, which tells it once the
change is safe on disk. What a receiver raises takes the change back.
"""

from __future__ import annotations

from blinker import Namespace

_signals = Namespace()

#: Question: may a document make a transition now? Sender: the Document; ``transition``, ``by``, ``today``. Asked for each
#: button of its card, and again before it moves; a sentence keeps it where it is.
transition_asked = _signals.signal("transition-asked")

#: An entry was written into the journal. Sender: the subject's key («document:17»); ``what``, ``effect``, ``now``.
journaled = _signals.signal("journaled")

#: What is written in a stored file is known now, or is known better. Sender: the id of the StoredFile.
file_text_read = _signals.signal("file-text-read")

#: A roadmap's edition was stored. Sender: the Edition; ``previous``: the Edition it replaces or None.
edition_stored = _signals.signal("edition-stored")

#: A document's card was made or changed. Sender: the Document; ``by``: the Actor.
document_changed = _signals.signal("document-changed")

#: What proves a period of an item changed. Sender: the ExpectedDocument; ``by``: the Actor.
coverage_changed = _signals.signal("coverage-changed")

#: A document made a transition. Sender: the Document as it is now; ``transition``, ``by``, ``now``.
document_moved = _signals.signal("document-moved")

#: A document has a new version of its text. Sender: the DocumentVersion; ``by``, ``now``.
version_added = _signals.signal("version-added")

#: A document has a file more beside its text. Sender: the Attachment; ``by``, ``now``.
attachment_added = _signals.signal("attachment-added")

#: A visa is asked of somebody from now on. Sender: the Visa; ``now``.
visa_asked = _signals.signal("visa-asked")

#: Somebody decided on a visa. Sender: the Visa; ``by``, ``now``.
visa_given = _signals.signal("visa-given")

#: The drafter asks whoever has the document to hurry. Sender: the Visa; ``by``, ``now``.
visa_reminded = _signals.signal("visa-reminded")

#: The way of a document through its route is over. Sender: the Run; ``by``, ``now``.
route_ended = _signals.signal("route-ended")

#: Somebody without an account got a link. Sender: the GuestLink; ``secret`` that goes into its address, ``by``, ``now``.
guest_link_made = _signals.signal("guest-link-made")

#: A guest asks for the code that opens a link. Sender: the GuestLink; ``code``, ``now``.
guest_code_made = _signals.signal("guest-code-made")

#: A document has a draft. Sender: the Draft; ``period`` of what it was made for (a key, or empty), ``by``, ``now``.
draft_started = _signals.signal("draft-started")

#: People are asked to read a document. Sender: the AcquaintanceSheet; ``employees`` (ids), ``now``.
reading_asked = _signals.signal("reading-asked")

#: Somebody confirmed that a document is known to them, or refused to. Sender: the Acquaintance; ``by``, ``now``.
reading_decided = _signals.signal("reading-decided")

#: Somebody is asked no more to read a document. Sender: the Acquaintance; ``now``.
reading_dropped = _signals.signal("reading-dropped")

#: A sheet waits for nobody any more. Sender: the AcquaintanceSheet; ``lines``: ids of the Acquaintances closed, ``now``.
reading_ended = _signals.signal("reading-ended")

#: Whoever sent a document to be read reminds those who have not. Sender: the AcquaintanceSheet; ``employees``, ``by``, ``now``.
reading_reminded = _signals.signal("reading-reminded")

#: An assignment was made or changed. Sender: the Assignment as it is now; ``act`` (roadmapdocs.assignments.acts.Act),
#: ``about`` (plain values for the sentence), ``by``, ``now``.
assignment_acted = _signals.signal("assignment-acted")

#: A series of assignments has given its last one. Sender: the AssignmentSeries; ``last``: that Assignment, ``now``.
series_ended = _signals.signal("series-ended")

#: Something new matches a search that a person keeps. Sender: the SavedSearch; ``keys`` of the records, ``by``, ``now``.
search_matched = _signals.signal("search-matched")
