"""Which sentences answer a question, and what they say of it: the verdict, the value, the rung."""
