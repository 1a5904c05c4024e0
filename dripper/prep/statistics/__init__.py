"""What a series of a few to a few hundred dated values allows one to say, one method a file.

Every method is plain arithmetic on floats and names its source; it never rounds, words or judges. `prep.reading` joins
them into a verdict.
"""
