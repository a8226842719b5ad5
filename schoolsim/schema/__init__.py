"""The published JSON Schema of scenario files, and the check of what people write against a schema."""
