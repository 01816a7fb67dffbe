"""What `summarize.writing.write` is made of: one module a format. Nothing public."""
