-- A run is kept from the moment it begins, so that nothing that was shown is lost in a crash.
--
-- `number` is there for the search index, which needs a whole number that never changes; outside
-- of this file a run is known by `id` alone. `owner` names the process that carries the run out,
-- while it does; `caller_id` is the caller's own name for the run (JSON). `report` is there when
-- the run has ended. `finished_at` is when it ended, or when its end was noticed. `starred` is not
-- used yet.
--
-- Texts from a closed set (status, error_code, stage) have no CHECK on purpose: a newer program
-- may add a word without a migration, and an older one must still be able to list the run.
CREATE TABLE runs (
    number      INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    assistant   TEXT NOT NULL,
    title       TEXT NOT NULL,
    inputs      TEXT NOT NULL,
    model       TEXT NOT NULL,
    seed        INTEGER,
    caller_id   TEXT,
    owner       TEXT NOT NULL,
    status      TEXT NOT NULL,
    created_at  TEXT NOT NULL,
    finished_at TEXT,
    total_ms    INTEGER,
    report      TEXT,
    error_code  TEXT,
    partial     TEXT,
    starred     INTEGER NOT NULL DEFAULT 0
);

-- What is still under way is looked for at every start, and is next to nothing among all runs.
CREATE INDEX runs_under_way ON runs (owner) WHERE status = 'running';

CREATE TABLE steps (
    run     TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,
    stage   TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    took_ms INTEGER NOT NULL,
    draft   TEXT,
    checks  TEXT NOT NULL,
    at      TEXT NOT NULL,
    PRIMARY KEY (run, seq)
) WITHOUT ROWID;
