"""How each kind of place is asked and read: yields requests, parses captures; no I/O."""
