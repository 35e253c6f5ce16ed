"""OneRoster 1.1 onto the gradebook, as an OAuth 2 client sees it."""
