"""Approvers without an account: their pages, open to whoever has a link and its code, and the office's page of links."""
