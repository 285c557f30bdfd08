"""The list of documents: conditions, rows, columns, exports, acts on many at once."""
