"""`python -m schoolsim.schema` writes the published JSON Schema of scenario files."""

from schoolsim.scenario.schema import PUBLISHED, published_text

PUBLISHED.write_text(published_text(), encoding="utf-8")
