"""The journal of events: append-only, each entry carrying the hash of the one before."""
