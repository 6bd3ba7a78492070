"""通报: composed from a round, audited, published."""
