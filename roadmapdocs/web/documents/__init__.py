"""Pages of one document: its card, its form, what people do to it."""
