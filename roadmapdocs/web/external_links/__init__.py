"""Links of documents and items to records of other programs, as pages show them."""
