"""Readers: bytes of a file in, plain text out. They run in a confined process (:mod:`roadmapdocs.texts.child`)."""
