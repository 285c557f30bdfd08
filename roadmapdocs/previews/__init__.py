"""Previews: the PDF of a stored file, pictures of its pages, and who makes them without keeping anybody waiting."""
