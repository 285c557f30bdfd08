"""Everything Flask: the extension, the pages, the command line, the stand-alone application."""
