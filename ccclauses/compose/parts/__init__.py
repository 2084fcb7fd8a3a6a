"""Parts of an annex next to its clauses: the opening, schedules, credits, the coverage of requirements."""
