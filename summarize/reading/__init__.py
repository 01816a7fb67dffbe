"""What `summarize.reading.read` is made of: bytes to text, pages, documents, the web. Nothing public."""
