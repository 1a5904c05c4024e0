"""Values into text for people and machines: terminal, Markdown, HTML, JSON, SVG.

A page takes a finished value and words and lays it out. It never reads files, computes nothing, and escapes everything
that came from a file.
"""
