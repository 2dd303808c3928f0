-- Merging pieces of an index is left to the program, a moment after a run (see `upkeep`); in the middle
-- of a write only where far too many have come together.
INSERT INTO runs_text (runs_text, rank) VALUES ('automerge', 0);
INSERT INTO runs_text (runs_text, rank) VALUES ('crisismerge', 64);
INSERT INTO runs_pairs (runs_pairs, rank) VALUES ('automerge', 0);
INSERT INTO runs_pairs (runs_pairs, rank) VALUES ('crisismerge', 64);
