"""For other people's tests: both fakes as fixtures of pytest. See `docs/testing.md`."""
