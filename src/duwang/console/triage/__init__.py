"""问题: three-part triage."""
