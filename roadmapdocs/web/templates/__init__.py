"""Pages of document templates: the shipped ones and the office's own, with their check, preview and versions."""
