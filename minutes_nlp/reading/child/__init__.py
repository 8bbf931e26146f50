"""A process of its own for every format that is not plain text: what a hostile file breaks there, it breaks alone."""
