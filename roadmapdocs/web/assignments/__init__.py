"""Pages of assignments: lists, the card, acts, proposals out of the text of an order."""
