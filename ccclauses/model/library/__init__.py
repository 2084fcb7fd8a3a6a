"""A clause library as values: clauses with their wordings, values, duties and failures, and the tables next to them."""
