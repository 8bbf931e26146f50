"""How corrections are laid over a record: finding the passage again, claiming its row, changing what refers to it."""
