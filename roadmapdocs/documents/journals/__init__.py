"""Journals of registration with their documents: printed, and brought in from old ones."""
