"""Words, sentences, stems, tags and tables of each language. Knows nothing of documents."""
