"""总览: where the current round stands and what needs doing."""
