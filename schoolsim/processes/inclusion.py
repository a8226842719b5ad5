"""What schools mean by inclusion, and the posts that make it stick (M27)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import NOTHING, Flows
from schoolsim.rules.leading import VIEWS

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def inclusion(system: SchoolSystem, draws: Draws, *, taking_over: float, posts_growth: float) -> Flows:
    """A school comes to stand for its head's view of inclusion, and builds posts and ways of working for it.

    What happens: Every year the school moves part of the way to its head's view: results for all (I), barriers taken
        away (II), capacities of every kind (III). While head and school agree, posts and ways of working for it grow
        (an inclusion manager, teams, routines); where they do not, posts fall away. What the school stands for bears
        on which needs it meets, how its pupils belong and how it prepares for tests; posts slow the next head's turn
        and keep what was begun.
    Evidence: leading for social inclusion 3.1, 3.2.7, E370: no view is known to work best; sizes are assumptions.
    Leaves out: curriculum, what a post costs, views of staff who disagree.
    """
    schools, heads = system.schools, system.heads
    own = np.eye(len(VIEWS))[heads.view]
    pace = taking_over * (1.0 - 0.5 * schools.inclusion_posts)
    agree = (schools.view_held * own).sum(axis=1)
    schools.view_held[:] += pace[:, None] * (own - schools.view_held)
    schools.inclusion_posts[:] += posts_growth * (agree**2 - schools.inclusion_posts)
    return NOTHING
