-- People look for a run by a few words of what they asked or of what came out.
--
-- Trigrams, because Chinese has no spaces between words and the usual tokenizer would take a whole
-- sentence for one. The row's number is `runs.number`. The texts are written by the program, which
-- knows what of an artifact is text; that they go when the run goes is seen to here.
CREATE VIRTUAL TABLE runs_text USING fts5 (title, inputs, output, tokenize = 'trigram');

CREATE TRIGGER runs_text_follows_deletion AFTER DELETE ON runs BEGIN
    DELETE FROM runs_text WHERE rowid = old.number;
END;
