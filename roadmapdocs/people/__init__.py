"""Organisations, units, employees, posts held from–to, acting heads, absences with substitutes, and users."""
