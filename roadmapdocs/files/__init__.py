"""Files by their content: store, hashes, limits, and the type told by content rather than by name."""
