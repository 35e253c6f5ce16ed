"""How often a OneRoster client may come, where the district counts.

Windows are fixed: the first request opens one, and the count begins anew when it is over.
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from simulator.synergy.model import Visits
from simulator.synergy.store import GradebookStore


def seconds_to_wait(store: GradebookStore, client: str) -> int:
    """Count a request in; 0 where it may pass, else the whole seconds until the next one may."""
    most = store.profile.throttle_requests_max
    if most <= 0:
        return 0
    now, length = store.clock.now(), timedelta(seconds=store.profile.throttle_window_seconds)
    visits = store.visits.get(client)
    if visits is None or not visits.since <= now < visits.since + length:
        visits = Visits(client, now, 0)
    if visits.count >= most:
        return max(1, ceil((visits.since + length - now).total_seconds()))
    store.visits.put(Visits(client, visits.since, visits.count + 1))
    return 0
