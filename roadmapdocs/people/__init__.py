"""Organisations, units, employees, posts held from–to, and the users who sign in."""
