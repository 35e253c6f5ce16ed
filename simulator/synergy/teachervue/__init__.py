"""TeacherVUE, the teacher's own screens, as a small JSON API."""
