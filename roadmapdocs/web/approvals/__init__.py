"""Pages of approval apart from deciding: routes of the office, sending a document round, changing a run in flight."""
