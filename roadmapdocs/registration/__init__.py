"""Journals and their numbers: given, reserved, literal, annulled; gaps with reasons. Knows no documents."""
