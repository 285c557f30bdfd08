"""Links between documents, their legal force, editions, stamps and citations."""
