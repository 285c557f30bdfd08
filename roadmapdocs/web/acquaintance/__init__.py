"""Pages of acquaintance: what somebody has to read, and who has not read yet."""
