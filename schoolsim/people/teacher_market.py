"""Who gets which post: those looking for one and the schools that have one, each side in the order of the other."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from schoolsim.draws import Draws
from schoolsim.people.ids import by_group_and_score, rank_within

SEASONED_AT, SEASONED_SPREAD, MOST_SEASONED = 5.0, 4.0, 1.5
"""Years taught by the usual applicant, years that one SD stands for, and how far years count either way."""


@dataclass(frozen=True)
class Sight:
    """What schools can tell of those who apply.

    Attributes:
        quality: correlation of an applicant's standing with lasting quality.
        experience: correlation of an applicant's standing with years taught.
    """

    quality: float
    experience: float

    def standing(self, quality: np.ndarray, years: np.ndarray, luck: np.ndarray) -> np.ndarray:
        """How applicants look to schools [n], about standard normal, given quality, years taught and luck [n]."""
        seasoned = np.clip((years - SEASONED_AT) / SEASONED_SPREAD, -MOST_SEASONED, MOST_SEASONED)
        rest = np.sqrt(1.0 - self.quality**2 - self.experience**2)
        return self.quality * quality + self.experience * seasoned + rest * luck

    def quality_behind(self, standing: np.ndarray, luck: np.ndarray) -> np.ndarray:
        """Lasting quality [n] of strangers who look like this."""
        return self.quality * standing + np.sqrt(1.0 - self.quality**2) * luck

    def fresh(self, standing: np.ndarray, luck: np.ndarray, share: float) -> np.ndarray:
        """Who of the strangers has never taught, when a share of the nation's applicants have not [n]."""
        if not 0.0 < share < 1.0:
            return np.full(len(standing), share >= 1.0)
        seasoned = self.experience * standing + np.sqrt(1.0 - self.experience**2) * luck
        return seasoned < NormalDist().inv_cdf(share)


def cut_to_posts(field: np.ndarray, standing: np.ndarray, posts: np.ndarray) -> np.ndarray:
    """Applicants [n] left when there are no more than posts [f] in their field: the best stay."""
    return rank_within(field, -standing) < posts[field]


def strangers(field: np.ndarray, known: np.ndarray, draws: Draws, ids: np.ndarray) -> np.ndarray:
    """Posts [n] for which somebody comes from elsewhere: all but as many as a field has `known` applicants [f]."""
    return rank_within(field, draws.uniform(ids, "somebody from elsewhere")) >= known[field]


def match(post_field: np.ndarray, looks: np.ndarray, field: np.ndarray, standing: np.ndarray) -> np.ndarray:
    """The post [n] that each applicant gets, when a field has as many posts as applicants.

    Everybody wants the post that looks best and every school the applicant who stands highest, so the one stable
    outcome is rank to rank: no school and no applicant would rather have one another than what they got.

    Args:
        post_field, looks: field of each post, and how it looks to applicants [n].
        field, standing: field of each applicant, and how he or she looks to schools [n].
    """
    post = np.empty(len(field), np.int64)
    post[by_group_and_score(field, standing)] = by_group_and_score(post_field, looks)
    return post
