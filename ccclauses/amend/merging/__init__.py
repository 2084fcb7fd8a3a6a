"""The consolidated annex: what comes in, what stays and why."""
