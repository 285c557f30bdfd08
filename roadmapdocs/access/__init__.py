"""May this actor do this, and if not, why: one rule for page, list, file, export and command."""
