"""What a user does, one module each; a job joins the parts and returns a value, it prints nothing.

A job sees the wires (SMTP, keyring) only as protocols that stand beside it; `dripper.wiring` hands the real ones in.
"""
