"""What `bench/send.py` runs: a sink, dripper and others as senders, each in a process of its own."""
