"""How a template becomes a file: its markers, the language they are written in, and the process that prints.

Nothing here knows a database; :mod:`roadmapdocs.drafting.rendering` is the door.
"""
