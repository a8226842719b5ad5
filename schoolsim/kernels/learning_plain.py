"""The numpy twin of `learning_numba`, written as the equation reads."""

from __future__ import annotations

from math import sqrt

import numpy as np

from schoolsim.kernels.random_plain import normal_quantile, philox, unit_32


def _luck(ids: np.ndarray, key: int) -> np.ndarray:
    """Standard normals [N, 9]: the pupil's own and one for each subject."""
    who = np.ascontiguousarray(ids).view(np.uint64)
    blocks = [philox(who, np.full(len(who), block, np.uint64), key) for block in range(3)]
    words = np.stack([word for block in blocks for word in block][:9], axis=1)
    return normal_quantile(unit_32(words).ravel()).reshape(words.shape)


def learn(attainment, ids, year_group, school, class_group, female, pupil_flow, school_flow, class_flow,
          poor, class_weight, subject_flow, sigma, growth, keep, share, pupil_sd, subject_sd, taught, key):  # fmt: skip
    """Advance true attainment by one term, in place.

    Args:
        attainment: months above the norm of the age, float32 [N, 8].
        ids, year_group, school, female: of the pupils, [N]; school is -1 for none.
        class_group: row of the class by subject [N, 8], -1 for none.
        pupil_flow: SD a year from presence, participation and home [N].
        school_flow: SD a year from school and cohort, by school and year group [J, 12].
        class_flow: SD a year from department and teacher, by class [K].
        poor: whether pupils are disadvantaged, bool [N].
        class_weight: how much class_flow counts, for others and for disadvantaged pupils, by year group [12, 2].
        subject_flow: SD a year of girls over boys by phase and subject [2, 8].
        sigma: months that one SD stands for, by year group [12].
        growth, keep: factors for the term on leads and on a subject's lead over the pupil's own mean.
        share: the part of a year that a term is.
        pupil_sd, subject_sd: months of yearly luck by year group [12].
        taught: number of subjects by year group [12].
        key: key of the term's luck.
    """
    luck = _luck(ids, int(key))
    subjects = np.arange(attainment.shape[1])
    active = subjects < taught[year_group][:, None]
    mean = np.where(active, attainment, 0).sum(axis=1, dtype=float) / taught[year_group]
    at_school = np.where(school >= 0, school_flow[school, year_group], 0.0)
    by_class = np.where(class_group >= 0, class_flow[class_group], 0.0) if len(class_flow) else 0.0
    by_class = class_weight[year_group, np.asarray(poor, np.int64)][:, None] * by_class
    side = np.where(female, 0.5, -0.5)
    of_phase = subject_flow[(taught[year_group] == attainment.shape[1]).astype(np.int64)]
    total = (pupil_flow + at_school)[:, None] + side[:, None] * of_phase + by_class
    lead = keep * attainment.astype(float) + (1.0 - keep) * mean[:, None]
    noise = pupil_sd[year_group, None] * luck[:, :1] + subject_sd[year_group, None] * luck[:, 1:]
    new = growth * lead + share * sigma[year_group, None] * total + sqrt(share) * noise
    attainment[active] = new[active].astype(attainment.dtype)
