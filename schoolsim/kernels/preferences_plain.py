"""The numpy twin of `preferences_numba`: the same families, the same news, the same lists."""

from __future__ import annotations

import numpy as np

from schoolsim.kernels.random_plain import normal_quantile, philox, unit_32


def rank(distance, position, known, ids, schools, per_km, by_result, heard_sd, read_sd, reputation, printed, by_peers,
         taste, considered, named, key):  # fmt: skip
    """The lists that families write.

    A family weighs each of the nearest schools by distance, by what it believes of results, by the children seen
    there and by taste. Belief weighs what is heard and, where it is printed, what is read by their precision,
    beside a prior that the school is like any other.

    Schools are looked at through columns: the few that a family could name, which need not be the same for two
    families.

    Args:
        distance: kilometres, infinite where a school cannot take the pupil [n, k].
        position: which of the m schools stands in each column [n, k].
        known: logits for how well children like theirs know the school [n, k].
        ids, schools: ids of pupils [n] and of schools [m], the "who" of every draw.
        per_km, by_result: logits for a kilometre and for one SD of believed results, by family [n].
        heard_sd, read_sd: error of what is heard and of what is read, in SD between schools [n].
        reputation, printed: standing in SD between schools, `printed` NaN where nothing is printed [m].
        by_peers: logits for the children seen at the school [m].
        taste: scale of what else is liked, in logits.
        considered: how many of the nearest schools a family looks at.
        named: lines of a list.
        key: key of the families' luck: taste, what is heard, what is read.

    Returns:
        Columns in order of liking, -1 after the last [n, named].
    """
    near = np.argsort(distance, axis=1, kind="stable")[:, :considered]
    reached, familiar = (np.take_along_axis(table, near, axis=1) for table in (distance, known))
    there = np.take_along_axis(position, near, axis=1)
    who = np.repeat(np.ascontiguousarray(ids).view(np.uint64), near.shape[1])
    where = np.ascontiguousarray(schools[there].ravel()).view(np.uint64)
    liked, hears, reads = (unit_32(word).reshape(near.shape) for word in philox(who, where, int(key))[:3])
    heard_weight, read_weight = 1.0 / heard_sd[:, None] ** 2, 1.0 / read_sd[:, None] ** 2
    heard = reputation[there] + heard_sd[:, None] * normal_quantile(hears)
    read = printed[there] + read_sd[:, None] * normal_quantile(reads)
    known = np.isfinite(printed[there])
    total = heard_weight * heard + np.where(known, read_weight * read, 0.0)
    believed = total / (1.0 + heard_weight + np.where(known, read_weight, 0.0))
    liking = -np.log(-np.log(liked))
    travel = per_km[:, None] * np.where(np.isfinite(reached), reached, 0.0)
    value = by_result[:, None] * believed + by_peers[there] + travel + familiar + taste * liking
    order = np.argsort(-np.where(np.isfinite(reached), value, -np.inf), axis=1, kind="stable")[:, :named]
    lists = np.take_along_axis(np.where(np.isfinite(reached), near, -1), order, axis=1)
    return np.pad(lists, ((0, 0), (0, named - lists.shape[1])), constant_values=-1)
