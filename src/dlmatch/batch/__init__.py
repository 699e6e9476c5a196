"""Many documents: every input becomes one row, in order, whatever it holds and whatever happens on the way."""
