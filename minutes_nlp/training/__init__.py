"""Learning from gold records: data, features, fitting. Never sees the database."""
