"""What was done by whom: a log in which every entry carries the hash of the one before."""
