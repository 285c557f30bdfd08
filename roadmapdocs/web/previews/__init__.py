"""Previews in the browser: page pictures and PDF of a document's versions, and plain text where there are none."""
