"""统计: what a round and those before it come to, for the units that a person sees."""
