"""The user's files: plain values (`model`), the places they stand at (`toml`), and how they are read (`files`).

Everything above reads the values; only `files` and `metrics` touch the disk, and nothing here ever writes.
"""
