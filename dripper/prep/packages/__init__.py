"""Packages of several issues at once: what each is worth to either side, which are efficient, and how to get there.

Exact: points are whole numbers of the smallest decimal that the file uses, so that two packages of equal worth are
equal. Never every package is looked at; the frontier is found issue by issue.
"""
