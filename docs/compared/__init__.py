"""What docs/compare_place.py is made of: worlds, figures of them, pictures and tables."""
