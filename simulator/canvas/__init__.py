"""The fake Canvas: its REST API on tables of its own. It knows nothing of Synergy."""
