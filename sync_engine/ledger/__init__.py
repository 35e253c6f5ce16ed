"""What the engine believes it sent, and its past runs, kept in a database."""
