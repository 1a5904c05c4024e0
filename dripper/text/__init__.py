"""From a template and values to the text that a reader gets, with a map back to the file; words, sentences, graphemes.

Pure: text in, text out. It never reads a file, never judges prose (that is `lint`) and never knows of mail.
"""
