"""系统: people, roles, audit, background jobs."""
