"""Engines behind the port of :mod:`roadmapdocs.search.ports`."""
