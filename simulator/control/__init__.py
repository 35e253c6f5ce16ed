"""The control API: worlds from outside."""
