"""Questions to the database, with typed answers. Nothing here loads a language model."""
