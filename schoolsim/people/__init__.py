"""People: who pupils and teachers are, before any process moves them."""
