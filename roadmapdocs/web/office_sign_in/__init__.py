"""Signing in by the OpenID provider of the office."""
