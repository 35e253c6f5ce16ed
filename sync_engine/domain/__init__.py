"""The engine's decisions: pure, with no request, ledger or clock in them."""
