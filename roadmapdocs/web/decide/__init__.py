"""The executive's screen: one document at a time, what changed in it, what others say, and the decision."""
