"""新媒体: accounts, how each was seen, what was found."""
