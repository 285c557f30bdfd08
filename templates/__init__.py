"""Pages (HTML) and document templates (DOCX) that travel with the package."""
