"""Six state lines of a document, each driven by a definition in TOML: states, transitions, who may, guards, effects."""
