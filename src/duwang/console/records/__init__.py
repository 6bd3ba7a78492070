"""What the console keeps: the ledger, rounds with their findings and verdicts, decisions, cases, bulletins. Query columns beside
the core type as JSON: a new check needs no migration."""
