"""Interpretation of policy documents."""
