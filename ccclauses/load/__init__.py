"""From YAML to the model: each mistake becomes a diagnostic with its place. Only this package knows YAML."""
