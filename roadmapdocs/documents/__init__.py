"""Registered papers of an office: kinds, cards, versions."""
