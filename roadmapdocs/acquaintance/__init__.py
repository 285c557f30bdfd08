"""Acquaintance (ознакомление): who has to know a document, and the proof that they do.

A *sheet* (лист ознакомления) asks people to read one version of a document; each of them has an *acquaintance* on it:
asked, read through, confirmed with a simple signature or on paper, or refused. A new edition asks anew. A *standing*
sheet goes on asking: whoever comes into its units, posts or roles later gets the act, too.
"""
