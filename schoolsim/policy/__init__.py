"""Policy: levers, dated changes of them, and regimes. A policy is data; no process knows its name."""

from schoolsim.policy.changes import Change, value_at
from schoolsim.policy.levers import Lever, default_levers, levers
from schoolsim.policy.regimes import Regime, load_regime, regime_names

__all__ = ["Change", "Lever", "Regime", "default_levers", "levers", "load_regime", "regime_names", "value_at"]
