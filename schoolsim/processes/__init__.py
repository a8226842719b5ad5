"""What happens in a term, one process a file. The order is in `schoolsim.schedule`."""
