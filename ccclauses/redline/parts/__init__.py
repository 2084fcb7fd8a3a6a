"""Parts of a redline beside its paragraphs: tables, notes, drawings, equations, headers, styles, comments."""
