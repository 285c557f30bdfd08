"""The page of search, its box on every page, saved searches and abbreviations."""
