"""Search that understands Russian and offices: any form of a word, any spelling of a number, in force, by right.

A *record* is one thing that can be found: a document, an item or a section of a roadmap. Its text is analysed by us
into *terms*; an engine only stores terms and answers trees of them. A *tag* is an exact mark of a record: its kind,
its days, who may read it.
"""
