"""Approval (согласование) and signing: routes, visas bound to the text that was seen, remarks, signatures.

A *route* (маршрут) is a template of an office. A *run* is one way of one document along a plan made from it. The
plan has *steps*; a step asks one or several people for their *visa* (виза). Words and practice: domain.md §8–9, 15.
"""
