"""Background work: the console asks, the worker runs the flow verbs and indexes what they wrote."""
