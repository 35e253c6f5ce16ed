"""Rules about how rosters come to Canvas, which passing grades back rests on."""

from contracts.catalogue.rule import Rule, RuleKind, Source

ROSTER_REVERSE_NIGHTLY = Rule(
    id="ROSTER-REVERSE-NIGHTLY",
    says=(
        "Courses, sections, students, teachers and enrollments come from Synergy to Canvas every night: "
        "a change there is in Canvas on the next day."
    ),
    kind=RuleKind.DECISION,
    source=Source("Instructure, 'Synergy Integration Overview'", "rostering"),
)
