"""Signs that a site was broken into."""
