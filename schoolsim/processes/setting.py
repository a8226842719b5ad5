"""How a school rates its teachers when it gives them sets (M14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.draws import Draws
from schoolsim.process import NOTHING, Flows
from schoolsim.processes.teaching import lasting_skill

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem


def setting(
    system: SchoolSystem, draws: Draws, *, seen_share: float, experience_weight: float, full_experience: float
) -> Flows:
    """Those who deal out classes think more of some teachers than of others, and are partly wrong.

    What happens: Each autumn the school rates its teachers by what it has seen of their teaching, which is partly
        true and partly an impression that lasts, and by how long they have taught. `classes` gives those rated
        higher the higher sets, as strongly as the lever `setting.teachers_to_top` says.
    Evidence: P36, E347, E017; how well schools see and what weight years have are assumptions.
    Leaves out: teachers who ask for sets, specialists (M15), what results of last year's sets say of a teacher.
    """
    teachers = system.teachers
    impression = draws.lasting().normal(teachers.id, "impression")
    years = np.minimum(teachers.experience, full_experience) / full_experience
    stable, practice = (system.values["teaching"][name] for name in ("stable_share", "practice_share"))
    lasting = lasting_skill(teachers, stable, practice) / np.sqrt(stable)
    rated = np.sqrt(seen_share) * lasting + np.sqrt(1.0 - seen_share) * impression
    teachers.rating[:] = rated + experience_weight * years
    return NOTHING
