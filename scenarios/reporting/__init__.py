"""Reports: each is one file that reads a run's events and nothing else."""

from scenarios.reporting.console import Console
from scenarios.reporting.html import HtmlReport
from scenarios.reporting.junit import JunitReport
from scenarios.reporting.ndjson import NdjsonReport
from scenarios.reporting.report import Report

__all__ = ["Console", "HtmlReport", "JunitReport", "NdjsonReport", "Report"]
