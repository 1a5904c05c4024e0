"""The rules: one module each, named by its code and its name; `lint/ruleset.py` lists them."""
