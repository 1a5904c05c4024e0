"""The formats of a lint report: problems in, lines of text out, one at a time, so that a report has no size."""
