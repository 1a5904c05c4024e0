"""What a text asks of its reader, and in which of the kinds that the D2 rules tell apart.

Found by how a sentence is made, not by sentences known: it never judges whether an ask is a good one.
"""
