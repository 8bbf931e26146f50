"""The SQLite database: its shape, and how records get in and out of it."""
