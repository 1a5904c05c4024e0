"""The durable record: one file of tables, and named queries by aggregate that each take a connection.

A query never commits: `Store.write` and `Store.read` hold the transaction.
"""
