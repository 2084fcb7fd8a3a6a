"""The values that flow through the pipeline; this package imports the standard library only."""
