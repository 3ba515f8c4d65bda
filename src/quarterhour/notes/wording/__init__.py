"""How words are looked for: the text and its copies, patterns and their gates, the packs of phrases."""
