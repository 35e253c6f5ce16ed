"""Providers of OneRoster 1.1 other than Synergy, as far as their users have told what they refuse or give.

What lives here: profiles for somebody who writes a client and wants to meet them. What must never be here: a
claim that Synergy is like this. Only gradebook and wire differ; the screens stay TeacherVUE's.
"""

from simulator.profiles.profile import Profile
from simulator.profiles.provider import ProviderDeviations

BLACKBAUD_LIKE = Profile(
    name="blackbaud_like",
    error_shape="statusInfoSet",
    score_over_max="refuse",
    provider=ProviderDeviations(
        error_words="bare",
        line_item_deletes="refuse",
        dates_outside_period="refuse",
        days_in="utc",
        score_before_assigned="refuse",
        typed_scores="refuse",
        unfinished_statuses="fully_graded",
    ),
)
"""As Blackbaud's customers describe it (community threads 67729 and 69498, idea API-I-537)."""

CAMPUS_LIKE = Profile(
    name="campus_like",
    name_length_max=30,
    closed_period_writes="refuse_when_any_closed",
    provider=ProviderDeviations(vendor_header="x-vendor-authorization"),
)
"""As testers and Instructure's guides describe Infinite Campus: a vendor header, a grading window that must
be open, and names of up to 30 characters."""

GOOGLE_READY = Profile(
    name="google_ready",
    name_length_max=255,
    category_required=False,
)
"""One that Google Classroom's published suite of OneRoster 1.1 finds fit: it puts a line item without a
category and then gives it a title of a hundred characters."""

STRONGMIND_LIKE = Profile(
    name="strongmind_like",
    booleans_as="text",
)
"""As the OpenAPI document of StrongMind's OneRoster 1.1 has it, from which its client was made: the words
"true" and "false". Longsight's strict reader of 1.1 wants them too."""
