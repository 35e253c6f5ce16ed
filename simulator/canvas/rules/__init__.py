"""Canvas's decisions, pure: a value in, a new value or a verdict out."""
