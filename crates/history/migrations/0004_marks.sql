-- What a person puts on runs, what runs cost, and what keeps a history of a million runs quick.
--
-- A tag is the same whatever the case of its letters.
CREATE TABLE tags (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    tag TEXT NOT NULL COLLATE NOCASE,
    PRIMARY KEY (tag, run)
) WITHOUT ROWID;
CREATE INDEX tags_of_run ON tags (run, tag);

-- Tokens of runs that have ended. Beside the runs and not in them, so that adding up a year does not
-- read every report of it.
CREATE TABLE spent (
    number INTEGER PRIMARY KEY,
    prompt INTEGER NOT NULL,
    cached INTEGER NOT NULL,
    output INTEGER NOT NULL
);
INSERT INTO spent (number, prompt, cached, output)
SELECT number,
       coalesce(json_extract(report, '$.tokens.prompt'), 0),
       coalesce(json_extract(report, '$.tokens.cached'), 0),
       coalesce(json_extract(report, '$.tokens.output'), 0)
FROM runs WHERE json_valid(report);

-- Runs whose number is not in the order of their names, because they were brought in from elsewhere.
-- Of all others the search index knows which is newer by the number alone, and so finds the newest
-- without looking at every one that has the word.
CREATE TABLE late (number INTEGER PRIMARY KEY);

-- Each filter of a list has an index that is in the order of the list.
CREATE INDEX runs_of_assistant ON runs (assistant, id);
CREATE INDEX runs_of_model ON runs (model, id);
CREATE INDEX runs_of_status ON runs (status, id);
CREATE INDEX runs_starred ON runs (id) WHERE starred <> 0;

-- Words of one or two letters, which an index of trigrams cannot find and of which Chinese is full:
-- each letter and each pair of neighbours of a text, once. What is written here is made by the program
-- (see `pairs`); the texts themselves are not kept a second time.
CREATE VIRTUAL TABLE runs_pairs USING fts5 (
    pairs, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii'
);

CREATE TRIGGER runs_leave_nothing_behind AFTER DELETE ON runs BEGIN
    DELETE FROM runs_pairs WHERE rowid = old.number;
    DELETE FROM spent WHERE number = old.number;
    DELETE FROM late WHERE number = old.number;
END;
