"""The linter: finds in what the reader gets what is too long, asks, links or cannot be sent, each at its place.

Pure: rendered texts and values in, problems out. It never reads a file, never sends and never needs the network.
"""
