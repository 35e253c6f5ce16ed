"""Reading classes from Synergy and writing to it, over OneRoster 1.1."""
