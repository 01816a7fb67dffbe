"""Text to Document: paragraphs, sentences, and what is set apart as no part of the story."""
