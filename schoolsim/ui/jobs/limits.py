"""How much a server takes on, for all and for one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a registry holds to.

    Attributes:
        cores: processes at work at once that the machine bears.
        most_running: jobs running at once; the others wait in order.
        most_waiting: jobs of one owner that wait.
        most_pupil_years: size of one request (`Size.pupil_years`).
    """

    cores: int = 1
    most_running: int = 1
    most_waiting: int = 5
    most_pupil_years: int = 1_000_000_000

    def workers(self, running: int) -> int:
        """Workers for one more job beside so many that run: a lone visitor has all cores, later ones a share."""
        return max(1, self.cores // (running + 1))


def usual_limits(cores: int) -> Limits:
    """Limits for a machine with so many cores.

    Two jobs run even on one core, so that nobody's short run waits for somebody's long one. No job takes back workers
    from those before it, so that a full server has at most about twice as many processes as cores.
    """
    return Limits(cores=cores, most_running=max(2, cores // 2))
