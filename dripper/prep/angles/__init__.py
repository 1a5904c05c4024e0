"""The angles of both sides: rational reasons, each shown as its parts, both sides through the same code.

One category a file, listed in `found.FINDERS`. A category says what to look for and what would break its angles; it
never knows which side is ours.
"""
