"""Filing and functions of accounts."""
