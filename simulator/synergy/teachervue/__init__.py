"""TeacherVUE, the teacher's own screens, as a small JSON API."""

BASE_PATH = "/teachervue"
"""Where TeacherVUE is on the servers of this Synergy."""
