"""The calendar of one's own terms, and the page of its addresses."""
