"""Somebody who watches long work, and may interrupt it."""


class Watch:
    """A progress that remembers, and stops after so many pieces if told to."""

    def __init__(self, stop_after=None):
        self.told, self.stop_after = [], stop_after

    def __call__(self, done, total, what):
        self.told.append((done, total, what))
        if done == self.stop_after:
            raise KeyboardInterrupt
