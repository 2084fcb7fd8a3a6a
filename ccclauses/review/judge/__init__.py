"""What a difference means: its rung on the ladder, the rules that it breaks, its price, what was agreed."""
