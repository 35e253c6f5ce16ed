"""The fake Synergy: one gradebook, which a third party sees over OneRoster and a teacher in TeacherVUE."""
