"""Office files of any format turned into paragraphs and tables in reading order."""
