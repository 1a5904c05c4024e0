"""What was approved, what goes out and what became of it: the store, the wire and the worker between them.

A state changes only as `drip.delivery` allows, in a transaction that checks what it was read as. Nothing here decides
when or what to write; that is `drip`.
"""
