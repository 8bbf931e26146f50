"""The database in a web browser: Datasette with titles, facets, search and questions in the reader's language."""
