"""Assignments (поручения, резолюции) and the control of their execution (domain.md §11).

An *assignment* names a responsible person (ответственный исполнитель), co-executors, a controller and a deadline. It
comes from a point of an order, a decision of a protocol, an item of a roadmap, or by hand; a *resolution* is one that
the head confirms. Subordinate assignments form a tree; a *series* gives one after another. Overdue is no state: the
deadline and today tell it.
"""
