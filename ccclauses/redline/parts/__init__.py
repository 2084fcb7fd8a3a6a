"""Parts of a redline next to its paragraphs: tables, notes, drawings, equations, headers, styles, comments."""
