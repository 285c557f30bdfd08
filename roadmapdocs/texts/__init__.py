"""The text of stored files, for finding: taken out once by a bounded program of its own, kept beside the file."""
