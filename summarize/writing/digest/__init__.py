"""What `write_digest` is made of: one module a format. Nothing public."""
