"""A YAML text as nodes that know their place, what a description lets them hold, and edits that keep the rest."""
