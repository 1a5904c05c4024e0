"""The brief as pages: what stands on page one, what follows, and the same as JSON."""
