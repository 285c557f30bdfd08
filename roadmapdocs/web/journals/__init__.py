"""Pages of the journals of registration."""
