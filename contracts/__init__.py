"""What is promised: the documented rules of grade passback and the API documents. Imports nothing of ours."""
