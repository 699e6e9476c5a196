"""From what a document says to what it is worth: coverage, gaps, pay, one document against another."""
