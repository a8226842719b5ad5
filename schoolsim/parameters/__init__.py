"""Parameters: every number that drives dynamics, with its unit, range, and source or labelled assumption.

One sheet a process, `<process>.yaml`. A scenario may override a number inside its range, and each replicate
of a comparison draws its own from the priors.
"""

from schoolsim.parameters.priors import Prior
from schoolsim.parameters.register import Parameters, Values, load_sheets
from schoolsim.parameters.sheets import Parameter

__all__ = ["Parameter", "Parameters", "Prior", "Values", "load_sheets"]
