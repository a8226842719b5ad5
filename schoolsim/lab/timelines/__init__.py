"""One life as a timeline: a pupil, a teacher or a school of one world, year by year."""

from schoolsim.lab.timelines.following import Followed, follow
from schoolsim.lab.timelines.telling import KINDS, Timeline, listed_of, timeline_of

__all__ = ["KINDS", "Followed", "Timeline", "follow", "listed_of", "timeline_of"]
