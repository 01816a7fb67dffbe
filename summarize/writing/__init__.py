"""What `summarize.write` is made of: one module a format. Nothing public."""
