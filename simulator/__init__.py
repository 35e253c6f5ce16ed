"""The world: a fake Canvas and a fake Synergy over real HTTP. Knows no engine and no story."""
