"""The verbs (plan, inspect, judge, recheck, publish) and the ports; the folder store."""
