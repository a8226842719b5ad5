"""How fast schoolsim is, shown by measuring: against plain Mesa objects, against memory, against the clock."""
