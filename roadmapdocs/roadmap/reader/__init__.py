"""Files to one neutral draft: TXT, DOCX, XLSX and PDF, with a list of defects.

Words used here: a *block* is a paragraph or a table in reading order (``blocks``); a *role* is what a column
holds (``headers``); a *layout* is the roles of one table (``columns``); a *work row* is a table row placed into
roles (``align``). ``understand`` leads from blocks to the draft.
"""
