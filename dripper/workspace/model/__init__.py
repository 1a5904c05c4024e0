"""What the files say, as frozen values: no positions, no defaults left open, no I/O.

A table of a file is one dataclass and a key one field; where a key is a Python keyword or names one of many
(`[[message]]`), `toml_key` says which key a field stands for.
"""
