"""The language server: an editor's open texts in; problems, explanations, fixes and completions out, while one types.

Only what is said on stdin comes in and only messages of the protocol go out on stdout; files are read, never written.
"""
