-- The log of every centre, its projections, erasable data, and who may do what.
-- The same tables, columns and indexes stand in migrations/postgres under the same number.
-- Times: UTC, epoch microseconds. Ids: UUID as 16 bytes. Hashes: SHA-256. JSON: TEXT, so bytes stay exact.
-- Indexes: the *_closed and *_ended ones hold open rows (NULL) together, so that they load without a look at
-- closed ones whatever the planner knows; every list and every scan by changed_seq is a range of one index.

CREATE TABLE centres (
    code       TEXT    NOT NULL PRIMARY KEY, -- short stable code, e.g. kediri
    kind       TEXT    NOT NULL,             -- live or drill
    profile    TEXT    NOT NULL,             -- settings, JSON
    epoch      BLOB    NOT NULL,             -- UUID; changes when the log is restored
    created_at INTEGER NOT NULL              -- when the centre was made
) STRICT;

-- Versioned reference data: the newest version is in force.
CREATE TABLE reference (
    centre      TEXT    NOT NULL REFERENCES centres (code), -- whose it is
    kind        TEXT    NOT NULL,                           -- pack, boundaries, places, ...
    name        TEXT    NOT NULL,                           -- which one of its kind
    version     INTEGER NOT NULL,                           -- counts up
    body        TEXT    NOT NULL,                           -- the data
    recorded_at INTEGER NOT NULL,                           -- when this version was stored
    PRIMARY KEY (centre, kind, name, version)
) STRICT;

-- The end of each log; updating it under its old seq is the lock and the check of every append.
CREATE TABLE log_head (
    centre      TEXT    NOT NULL PRIMARY KEY REFERENCES centres (code), -- whose log
    seq         INTEGER NOT NULL,                                       -- newest event, 0 before the first
    hash        BLOB    NOT NULL CHECK (length(hash) = 32),             -- its hash, zeros before the first
    number_day  TEXT    NOT NULL,                                       -- local day of number_last, '' before the first
    number_last INTEGER NOT NULL                                        -- last human number given out that day
) STRICT;

-- What happened. Rows are never changed and carry no personal data.
CREATE TABLE events (
    centre         TEXT    NOT NULL, -- whose log
    seq            INTEGER NOT NULL, -- place in the log: 1, 2, 3 ... without gaps
    stream_kind    TEXT    NOT NULL, -- kind of aggregate: report, incident, ...
    stream_id      TEXT    NOT NULL, -- which aggregate
    version        INTEGER NOT NULL, -- its version after this event
    kind           TEXT    NOT NULL, -- what happened
    schema_version INTEGER NOT NULL, -- version of the payload's shape
    occurred_at    INTEGER NOT NULL, -- when it happened in the world
    recorded_at    INTEGER NOT NULL, -- when it was recorded
    actor          TEXT    NOT NULL, -- who did it
    command_id     BLOB    NOT NULL, -- UUID of the command that caused it
    payload        TEXT    NOT NULL, -- what happened in full, JSON
    prev_hash      BLOB    NOT NULL, -- hash of the event before, zeros for the first
    hash           BLOB    NOT NULL, -- hash of this event
    PRIMARY KEY (centre, seq),
    UNIQUE (centre, stream_kind, stream_id, version)
) STRICT;

-- Commands that were answered: repeating one gets the same answer.
CREATE TABLE commands (
    centre      TEXT    NOT NULL, -- whose log
    command_id  BLOB    NOT NULL, -- UUID, the caller's idempotency key
    fingerprint BLOB    NOT NULL, -- SHA-256 of what was asked
    status      INTEGER NOT NULL, -- the status answered
    outcome     TEXT    NOT NULL, -- the answer
    seq         INTEGER NOT NULL, -- head of the log after it
    recorded_at INTEGER NOT NULL, -- when it was answered
    PRIMARY KEY (centre, command_id)
) STRICT;

-- Projection: reports.
CREATE TABLE reports (
    centre      TEXT    NOT NULL, -- whose it is
    id          BLOB    NOT NULL, -- UUID
    version     INTEGER NOT NULL, -- counts changes
    number      TEXT    NOT NULL, -- number for humans
    state       TEXT    NOT NULL, -- where it stands
    channel     TEXT    NOT NULL, -- the channel it came by
    external_id TEXT,             -- the sender's id, unique on the channel
    category    TEXT,             -- what it is about, once known
    priority    INTEGER NOT NULL, -- 1 (life at risk) to 4 (routine)
    incident    BLOB,             -- UUID of the incident it belongs to
    received_at INTEGER NOT NULL, -- when it arrived
    closed_at   INTEGER,          -- when it was done with, NULL while open
    changed_seq INTEGER NOT NULL, -- the event that last changed it
    body        TEXT    NOT NULL, -- the whole report, JSON
    PRIMARY KEY (centre, id),
    UNIQUE (centre, number)
) STRICT;
CREATE UNIQUE INDEX reports_external ON reports (centre, channel, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX reports_closed ON reports (centre, closed_at, received_at, id);
CREATE INDEX reports_received ON reports (centre, received_at, id);
CREATE INDEX reports_state ON reports (centre, state, received_at, id);
CREATE INDEX reports_incident ON reports (centre, incident, received_at, id) WHERE incident IS NOT NULL;
CREATE INDEX reports_changed ON reports (centre, changed_seq);

-- Projection: incidents.
CREATE TABLE incidents (
    centre      TEXT    NOT NULL, -- whose it is
    id          BLOB    NOT NULL, -- UUID
    version     INTEGER NOT NULL, -- counts changes
    number      TEXT    NOT NULL, -- number for humans
    state       TEXT    NOT NULL, -- where it stands
    category    TEXT    NOT NULL, -- what it is about
    type        TEXT    NOT NULL, -- the catalogue's type within the category
    priority    INTEGER NOT NULL, -- 1 (life at risk) to 4 (routine)
    opened_at   INTEGER NOT NULL, -- when it was opened
    closed_at   INTEGER,          -- when it was done with, NULL while open
    changed_seq INTEGER NOT NULL, -- the event that last changed it
    body        TEXT    NOT NULL, -- the whole incident, JSON
    PRIMARY KEY (centre, id),
    UNIQUE (centre, number)
) STRICT;
CREATE INDEX incidents_closed ON incidents (centre, closed_at, opened_at, id);
CREATE INDEX incidents_opened ON incidents (centre, opened_at, id);
CREATE INDEX incidents_state ON incidents (centre, state, opened_at, id);
CREATE INDEX incidents_changed ON incidents (centre, changed_seq);

-- Projection: dispatches, one agency asked to act on one incident.
CREATE TABLE dispatches (
    centre      TEXT    NOT NULL,                           -- whose it is
    id          BLOB    NOT NULL,                           -- UUID
    version     INTEGER NOT NULL,                           -- counts changes
    incident    BLOB    NOT NULL,                           -- UUID of the incident
    agency      TEXT    NOT NULL,                           -- the agency asked
    role        TEXT    NOT NULL,                           -- lead or support
    state       TEXT    NOT NULL,                           -- where it stands
    overdue     INTEGER NOT NULL CHECK (overdue IN (0, 1)), -- whether a deadline of it has passed
    queued_at   INTEGER NOT NULL,                           -- when it was made
    ended_at    INTEGER,                                    -- when it ended, NULL while it runs
    changed_seq INTEGER NOT NULL,                           -- the event that last changed it
    body        TEXT    NOT NULL,                           -- the whole dispatch, JSON
    PRIMARY KEY (centre, id)
) STRICT;
CREATE INDEX dispatches_ended ON dispatches (centre, ended_at, queued_at, id);
CREATE INDEX dispatches_queued ON dispatches (centre, queued_at, id);
CREATE INDEX dispatches_state ON dispatches (centre, state, queued_at, id);
CREATE INDEX dispatches_agency ON dispatches (centre, agency, queued_at, id);
CREATE INDEX dispatches_agency_open ON dispatches (centre, agency, queued_at, id) WHERE ended_at IS NULL;
CREATE INDEX dispatches_incident ON dispatches (centre, incident, queued_at, id);
CREATE INDEX dispatches_changed ON dispatches (centre, changed_seq);

-- Projection and outbox: one message of a dispatch to one contact on one channel.
CREATE TABLE deliveries (
    centre          TEXT    NOT NULL, -- whose it is
    id              BLOB    NOT NULL, -- UUID
    dispatch        BLOB    NOT NULL, -- UUID of the dispatch it tells of
    revision        INTEGER NOT NULL, -- which wording of the dispatch
    contact         TEXT    NOT NULL, -- whom it goes to
    channel         TEXT    NOT NULL, -- the channel it goes by
    state           TEXT    NOT NULL, -- where it stands
    attempts        INTEGER NOT NULL, -- how often it was tried
    next_attempt_at INTEGER,          -- when to try next, NULL when nothing is left to do
    changed_seq     INTEGER NOT NULL, -- the event that last changed it
    body            TEXT    NOT NULL, -- the whole delivery, JSON
    PRIMARY KEY (centre, id),
    UNIQUE (centre, dispatch, revision, contact, channel)
) STRICT;
CREATE INDEX deliveries_due ON deliveries (centre, next_attempt_at) WHERE next_attempt_at IS NOT NULL;

-- Deadlines that run now.
CREATE TABLE deadlines (
    centre  TEXT    NOT NULL, -- whose it is
    subject TEXT    NOT NULL, -- what it is about
    kind    TEXT    NOT NULL, -- which deadline of that subject
    level   INTEGER NOT NULL, -- how often it has already passed
    due_at  INTEGER NOT NULL, -- when it passes
    PRIMARY KEY (centre, subject, kind)
) STRICT, WITHOUT ROWID;

-- Projection: units.
CREATE TABLE units (
    centre      TEXT    NOT NULL, -- whose it is
    code        TEXT    NOT NULL, -- unique in the centre
    version     INTEGER NOT NULL, -- counts changes
    agency      TEXT    NOT NULL, -- the agency it belongs to
    state       TEXT    NOT NULL, -- where it stands
    changed_seq INTEGER NOT NULL, -- the event that last changed it
    body        TEXT    NOT NULL, -- the whole unit, JSON
    PRIMARY KEY (centre, code)
) STRICT;
CREATE INDEX units_agency ON units (centre, agency, code);
CREATE INDEX units_changed ON units (centre, changed_seq);

-- Personal data: who reported. Erased in place; never in events.
CREATE TABLE people (
    centre    TEXT    NOT NULL, -- whose it is
    id        BLOB    NOT NULL, -- UUID
    report    BLOB    NOT NULL, -- UUID of the report they made
    name      TEXT,             -- their name, NULL when unknown or erased
    phone     TEXT,             -- their number, NULL when unknown or erased
    erased_at INTEGER,          -- when it was erased
    PRIMARY KEY (centre, id)
) STRICT;
CREATE INDEX people_report ON people (centre, report);

-- Personal data: words that may name people. Erased in place; never in events.
CREATE TABLE texts (
    centre    TEXT    NOT NULL, -- whose it is
    id        BLOB    NOT NULL, -- UUID
    about     TEXT    NOT NULL, -- hyphenated UUID of the report, incident or dispatch
    kind      TEXT    NOT NULL, -- what kind of text
    body      TEXT,             -- the words, NULL when erased
    erased_at INTEGER,          -- when it was erased
    PRIMARY KEY (centre, id)
) STRICT;
CREATE INDEX texts_about ON texts (centre, about);

-- People who can log in.
CREATE TABLE users (
    id            BLOB    NOT NULL PRIMARY KEY,                -- UUID
    name          TEXT    NOT NULL UNIQUE,                     -- the name they log in with
    password_hash TEXT    NOT NULL,                            -- PHC string
    disabled      INTEGER NOT NULL CHECK (disabled IN (0, 1)), -- whether they are shut out
    created_at    INTEGER NOT NULL                             -- when the user was made
) STRICT;

-- Rights: a user has a role in a centre, perhaps for one agency only.
CREATE TABLE grants (
    user_id BLOB NOT NULL REFERENCES users (id),     -- UUID of the user
    centre  TEXT NOT NULL REFERENCES centres (code), -- where it holds
    role    TEXT NOT NULL,                           -- the role
    agency  TEXT                                     -- the agency it is narrowed to
) STRICT;
CREATE UNIQUE INDEX grants_once ON grants (user_id, centre, role, coalesce(agency, ''));

-- Logins.
CREATE TABLE sessions (
    token_hash   BLOB    NOT NULL PRIMARY KEY,           -- SHA-256 of the cookie's secret
    user_id      BLOB    NOT NULL REFERENCES users (id), -- UUID of the user
    created_at   INTEGER NOT NULL,                       -- when they logged in
    expires_at   INTEGER NOT NULL,                       -- when it ends by itself
    last_seen_at INTEGER NOT NULL,                       -- when it was last used
    revoked_at   INTEGER                                 -- when it was ended before its time
) STRICT;
CREATE INDEX sessions_user ON sessions (user_id);

-- Bearer tokens for machines.
CREATE TABLE tokens (
    id         BLOB    NOT NULL PRIMARY KEY,               -- UUID
    token_hash BLOB    NOT NULL UNIQUE,                    -- SHA-256 of the secret
    label      TEXT    NOT NULL,                           -- what it is for
    centre     TEXT    NOT NULL REFERENCES centres (code), -- where it holds
    role       TEXT    NOT NULL,                           -- the role it gives
    agency     TEXT,                                       -- the agency it is narrowed to
    channel    TEXT,                                       -- the inbound channel it is narrowed to
    created_at INTEGER NOT NULL,                           -- when it was made
    expires_at INTEGER,                                    -- when it ends by itself
    revoked_at INTEGER                                     -- when it was ended before its time
) STRICT;
CREATE INDEX tokens_centre ON tokens (centre, created_at);

-- Where an agency's messages go.
CREATE TABLE endpoints (
    centre     TEXT    NOT NULL REFERENCES centres (code), -- where it holds
    agency     TEXT    NOT NULL,                           -- the agency
    channel    TEXT    NOT NULL,                           -- the channel, e.g. webhook
    target     TEXT    NOT NULL,                           -- the address
    secret     TEXT    NOT NULL,                           -- signs what is sent there
    active     INTEGER NOT NULL CHECK (active IN (0, 1)),  -- whether it is in use
    created_at INTEGER NOT NULL,                           -- when it was first stored
    PRIMARY KEY (centre, agency, channel)
) STRICT;
