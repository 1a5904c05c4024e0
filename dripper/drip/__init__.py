"""When a message goes out and the bytes that go out: plan, caps, compose, the life of a delivery.

Pure: the same arguments give the same slot and the same bytes; the clock, the disk and the wire are the callers'.
"""
