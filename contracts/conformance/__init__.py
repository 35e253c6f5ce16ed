"""A conformance suite for OneRoster 1.1 that runs against any base URL.

What lives here: what is asked, and what has to come back. What must never be here: a client library, a clock,
dice, or anything of ours: whoever runs the suite brings the sending, the time and a name for the run, so the
same assertions meet the simulator in process, the simulator over sockets, and a vendor's test server.
"""

from contracts.conformance.check import Check, Level, Outcome, Verdict
from contracts.conformance.credentials import Credentials, OAuth1Client, OAuth2Client, StaticToken
from contracts.conformance.provider import Provider
from contracts.conformance.suite import CHECKS, run_suite
from contracts.conformance.wire import Question, Reply, Send

__all__ = [
    "CHECKS",
    "Check",
    "Credentials",
    "Level",
    "OAuth1Client",
    "OAuth2Client",
    "Outcome",
    "Provider",
    "Question",
    "Reply",
    "Send",
    "StaticToken",
    "Verdict",
    "run_suite",
]
