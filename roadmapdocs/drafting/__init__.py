"""Drafts: what a document says as plain values, templates that print it, checks before it is signed.

Values (what a person says) are composed into a page (what a template may print, every word in its case), and the
page is rendered into a Word file by a template of a version that the file's document remembers.
"""
