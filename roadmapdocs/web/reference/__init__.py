"""Reference tables and workflows, for administrators."""
