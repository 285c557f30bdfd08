"""Pages of roadmaps: loading, reviewing, coverage."""
