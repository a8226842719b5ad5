"""Institutions: Mesa agents that hold identity and judgement and see their row of a table."""

from schoolsim.agents.authority import Authority
from schoolsim.agents.school import School

__all__ = ["Authority", "School"]
