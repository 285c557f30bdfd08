"""Pages of acquaintance: reading and confirming, sending to be read, the sheet of a document, and the overview."""
