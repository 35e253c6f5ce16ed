"""Wire shapes of Canvas, one module for each family. Nothing is decided here and nothing is kept."""
