"""Hand-written stand-ins for what a test cannot use itself, one thing a module, each with tests of its own."""
