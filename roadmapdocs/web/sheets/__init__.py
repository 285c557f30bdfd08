"""The sheet of approval as page, Word and PDF; the check of a file; the drafter's view of a route."""
