"""Letters, messages and their answers."""
