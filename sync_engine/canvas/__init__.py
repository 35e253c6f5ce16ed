"""Reading one course from the Canvas REST API."""
