"""The APIs' documents, written by hand from public sources and never generated from our own routes.

Only tests and conformance checks read them; the simulator must not, or it would be compared with itself.
"""
