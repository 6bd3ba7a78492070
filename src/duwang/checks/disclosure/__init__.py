"""Disclosure on application, the platform, its guide and its reports."""
