"""One suite that every engine of search passes, with the same expected results.

To put an engine through it, write a module with a fixture ``place`` of the scope "module" that gives a
:class:`tests.search.engines.places.Place`, and a class that inherits
:class:`tests.search.engines.contract.EngineContract`.
"""
