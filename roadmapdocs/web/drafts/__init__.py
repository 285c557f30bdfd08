"""Pages on which a draft is begun, written, checked and made into a file."""
