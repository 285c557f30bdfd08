"""Roadmaps (дорожные карты): editions, sections, items, terms, planned values, expected documents."""
