"""Taking people in from a file: upload, preview of every line, confirmation."""
