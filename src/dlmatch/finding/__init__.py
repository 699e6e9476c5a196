"""From a document to what it says: sections, skills with their evidence, facts, and what was refused."""
