"""Numbered changes of the tables. Each declares tables as they were on its day; none imports today's models."""
