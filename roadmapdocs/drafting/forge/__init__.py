"""The forge: writes the shipped Word templates, so that their measures stand in code and not in a binary file.

``python -m roadmapdocs.drafting.forge`` writes them into ``templates/documents``; a test says that the files there are
what the forge makes. An office does not need it: it changes a template in Word.
"""
