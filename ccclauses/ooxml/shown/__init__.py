"""What Word shows of a part: fields, controls, alternatives, colours."""
