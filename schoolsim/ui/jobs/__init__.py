"""Runs behind the pages: each in a process of its own, watched, queued, shared, and ended when nobody waits for it."""
