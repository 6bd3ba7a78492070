"""Is it kept up to date."""
