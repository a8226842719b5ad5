"""Facts about the real school system as experiments: what the model shows, and whether that is in range."""
