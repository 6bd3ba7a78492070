"""Rectification (整改): states, deadlines, declarations, appeals, the re-check decision. Pure."""
