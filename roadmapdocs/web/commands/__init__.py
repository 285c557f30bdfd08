"""The commands, one module each; :mod:`roadmapdocs.web.cli` finds them by name."""
