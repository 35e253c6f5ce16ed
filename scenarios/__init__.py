"""The stories: scripted scenes over both fakes and the real engine, each proving documented rules."""
