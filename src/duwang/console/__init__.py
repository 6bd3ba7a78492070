"""The Django project: ledgers, triage, verdicts, rectification, bulletins, people. It computes nothing that a flow verb should."""
