"""Institutions as Mesa agents that see their row of a table, and single people as objects."""

from schoolsim.agents.authority import Authority
from schoolsim.agents.headteacher import Headteacher
from schoolsim.agents.inspectorate import Inspectorate
from schoolsim.agents.people import Pupil, Teacher
from schoolsim.agents.school import School

__all__ = ["Authority", "Headteacher", "Inspectorate", "Pupil", "School", "Teacher"]
