"""What `bench/kills.py` needs: a mail server in a process of its own that logs each step, and the reader of its log."""
