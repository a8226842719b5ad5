"""The web front end, the extra `schoolsim[ui]`: it shows what the lab knows, and holds no model logic."""
