"""Pages of control: what falls due, what is late, how people and units carry out."""
