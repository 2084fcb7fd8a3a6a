"""Parts of an annex beside its clauses: the opening, schedules, credits, the coverage of requirements."""
