"""Our pages: each module has the views of one kind of page and says in `ROUTES` which addresses they answer."""
