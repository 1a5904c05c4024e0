"""Short useful e-mails for each client, and the homework before a negotiation, from plain files."""

__version__ = "0.1.0"
