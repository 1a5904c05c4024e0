"""The homework before a negotiation: what the metrics say, the angles of both sides, the gate and the brief.

Pure: it is handed the values of the files and today's date and returns values. It never reads a file, a clock or
chance, and it never makes a page.
"""
