"""Small named rules that levers, processes and metrics share: scales, grades, measures, variance components."""
