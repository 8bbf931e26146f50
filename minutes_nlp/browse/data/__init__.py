"""What the pages ask of the database: plain functions of a connection."""
