"""Resolution → Annex: rendering clause texts, parsing their markup, numbering, definitions, references, schedules."""
