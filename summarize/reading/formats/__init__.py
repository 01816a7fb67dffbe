"""What files and pages hold: encodings, HTML, documents, and whether a page is an article."""
