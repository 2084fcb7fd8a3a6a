"""From YAML to the model: everything that is wrong becomes a diagnostic with its place. Only this package knows YAML."""
