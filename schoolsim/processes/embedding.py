"""What comes of a head's work over the years, what of it is built in, and what goes with the head (M29)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.leadership import led
from schoolsim.process import NOTHING, Flows
from schoolsim.rules.leading import ACTIVITIES, ASSOCIATION, STRANDS

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

MOST_A_YEAR = 0.6
EACH = len(ACTIVITIES) // len(STRANDS)


def embedding(
    system: SchoolSystem, draws: Draws, *, build_up_years: float, fit_speed: float, embedded_share: float,
    by_capacity: float, by_posts: float, fading: float, lost_with_head: float, trust_by_association: float,
) -> Flows:  # fmt: skip
    """Work on an activity bears fruit over years; first the head carries it, then part of it is built into the school.

    What happens: What a school has of an activity moves part of the way every year to what the head's work would come
        to, faster in partnership where head and community fit, and hardly where staff are helpless. What is new hangs
        on the head. Every year part of that passes into people and structures, more where staff lead and where posts
        stand for it; this fades slowly. When the head goes, most of what hung on the head goes too. Trust among staff
        grows or shrinks with what there is of association.
    Evidence: P41, E328, E371; leading for social inclusion 3.2.4; what embeds is an assumption.
    Leaves out: handing over between heads, heirs brought up in the school, deputies who carry on.
    """
    schools, heads = system.schools, system.heads
    new = heads.joined == system.elapsed
    heads.carried[new] *= 1.0 - lost_with_head
    pace = -np.expm1(-1.0 / build_up_years) * np.ones((len(heads), len(ACTIVITIES)))
    pace[:, -EACH:] *= np.clip(1.0 + fit_speed * heads.fit, 0.0, 2.0)[:, None]
    aim = heads.buys + schools.style_gain[:, None]
    heads.carried[:] += np.minimum(pace, 1.0) * schools.moving[:, None] * (aim - heads.carried - schools.built)
    ready = 1.0 + by_capacity * (2.0 * schools.staff_capacity - 1.0) + by_posts * schools.inclusion_posts
    passes = np.clip(embedded_share * ready, 0.0, MOST_A_YEAR)[:, None] * heads.carried
    heads.carried[:] -= passes
    schools.built[:] = (1.0 - fading) * schools.built + passes
    schools.trust_won[:] = trust_by_association * led(system, ASSOCIATION)
    return NOTHING
