"""A small ERP: partners, people, projects. It stands by itself, and takes modules that others write.

It is here to prove that the registry mounts into a program with people, a database, pages and migrations of its own;
nothing in it knows more of the registry than ``mounting.py`` does.
"""
