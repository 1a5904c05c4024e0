"""Joins settings, clock, engine and wires; nothing else reads the environment or the clock. No logic of a job."""
