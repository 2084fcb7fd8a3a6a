"""The formats of the annex: each module takes an `Annex` and writes it in one format; none looks at a profile or a library."""
