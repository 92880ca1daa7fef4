-- The log of every centre, its projections, erasable data, and who may do what.
-- The same tables, columns and indexes stand in migrations/sqlite under the same number.
-- Times: UTC, epoch microseconds. Hashes: SHA-256. JSON: TEXT, so bytes stay exact. COLLATE "C" where rows are
-- read in order of a text, so that every engine and every server orders them alike.
-- Indexes: the *_closed and *_ended ones hold open rows (NULL) together, so that they load without a look at
-- closed ones whatever the planner knows; every list and every scan by changed_seq is a range of one index.

CREATE TABLE centres (
    code       TEXT   COLLATE "C" NOT NULL PRIMARY KEY, -- short stable code, e.g. kediri
    kind       TEXT   NOT NULL,                         -- live or drill
    profile    TEXT   NOT NULL,                         -- settings, JSON
    epoch      UUID   NOT NULL,                         -- changes when the log is restored
    created_at BIGINT NOT NULL                          -- when the centre was made
);

-- Versioned reference data: the newest version is in force.
CREATE TABLE reference (
    centre      TEXT   NOT NULL REFERENCES centres (code), -- whose it is
    kind        TEXT   COLLATE "C" NOT NULL,               -- pack, boundaries, places, ...
    name        TEXT   COLLATE "C" NOT NULL,               -- which one of its kind
    version     BIGINT NOT NULL,                           -- counts up
    body        TEXT   NOT NULL,                           -- the data
    recorded_at BIGINT NOT NULL,                           -- when this version was stored
    PRIMARY KEY (centre, kind, name, version)
);

-- The end of each log; updating it under its old seq is the lock and the check of every append.
CREATE TABLE log_head (
    centre      TEXT   NOT NULL PRIMARY KEY REFERENCES centres (code), -- whose log
    seq         BIGINT NOT NULL,                                       -- newest event, 0 before the first
    hash        BYTEA  NOT NULL CHECK (octet_length(hash) = 32),       -- its hash, zeros before the first
    number_day  TEXT   NOT NULL,                                       -- local day of number_last, '' before the first
    number_last BIGINT NOT NULL                                        -- last human number given out that day
);

-- What happened. Rows are never changed and carry no personal data.
CREATE TABLE events (
    centre         TEXT   NOT NULL, -- whose log
    seq            BIGINT NOT NULL, -- place in the log: 1, 2, 3 ... without gaps
    stream_kind    TEXT   NOT NULL, -- kind of aggregate: report, incident, ...
    stream_id      TEXT   NOT NULL, -- which aggregate
    version        BIGINT NOT NULL, -- its version after this event
    kind           TEXT   NOT NULL, -- what happened
    schema_version BIGINT NOT NULL, -- version of the payload's shape
    occurred_at    BIGINT NOT NULL, -- when it happened in the world
    recorded_at    BIGINT NOT NULL, -- when it was recorded
    actor          TEXT   NOT NULL, -- who did it
    command_id     UUID   NOT NULL, -- id of the command that caused it
    payload        TEXT   NOT NULL, -- what happened in full, JSON
    prev_hash      BYTEA  NOT NULL, -- hash of the event before, zeros for the first
    hash           BYTEA  NOT NULL, -- hash of this event
    PRIMARY KEY (centre, seq),
    UNIQUE (centre, stream_kind, stream_id, version)
);

-- Commands that were answered: repeating one gets the same answer.
CREATE TABLE commands (
    centre      TEXT   NOT NULL, -- whose log
    command_id  UUID   NOT NULL, -- the caller's idempotency key
    fingerprint BYTEA  NOT NULL, -- SHA-256 of what was asked
    status      BIGINT NOT NULL, -- the status answered
    outcome     TEXT   NOT NULL, -- the answer
    seq         BIGINT NOT NULL, -- head of the log after it
    recorded_at BIGINT NOT NULL, -- when it was answered
    PRIMARY KEY (centre, command_id)
);

-- Projection: reports.
CREATE TABLE reports (
    centre      TEXT   NOT NULL, -- whose it is
    id          UUID   NOT NULL, -- the id
    version     BIGINT NOT NULL, -- counts changes
    number      TEXT   NOT NULL, -- number for humans
    state       TEXT   NOT NULL, -- where it stands
    channel     TEXT   NOT NULL, -- the channel it came by
    external_id TEXT,            -- the sender's id, unique on the channel
    category    TEXT,            -- what it is about, once known
    priority    BIGINT NOT NULL, -- 1 (life at risk) to 4 (routine)
    incident    UUID,            -- id of the incident it belongs to
    received_at BIGINT NOT NULL, -- when it arrived
    closed_at   BIGINT,          -- when it was done with, NULL while open
    changed_seq BIGINT NOT NULL, -- the event that last changed it
    body        TEXT   NOT NULL, -- the whole report, JSON
    PRIMARY KEY (centre, id),
    UNIQUE (centre, number)
);
CREATE UNIQUE INDEX reports_external ON reports (centre, channel, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX reports_closed ON reports (centre, closed_at, received_at, id);
CREATE INDEX reports_received ON reports (centre, received_at, id);
CREATE INDEX reports_state ON reports (centre, state, received_at, id);
CREATE INDEX reports_incident ON reports (centre, incident, received_at, id) WHERE incident IS NOT NULL;
CREATE INDEX reports_changed ON reports (centre, changed_seq);

-- Projection: incidents.
CREATE TABLE incidents (
    centre      TEXT   NOT NULL, -- whose it is
    id          UUID   NOT NULL, -- the id
    version     BIGINT NOT NULL, -- counts changes
    number      TEXT   NOT NULL, -- number for humans
    state       TEXT   NOT NULL, -- where it stands
    category    TEXT   NOT NULL, -- what it is about
    type        TEXT   NOT NULL, -- the catalogue's type within the category
    priority    BIGINT NOT NULL, -- 1 (life at risk) to 4 (routine)
    opened_at   BIGINT NOT NULL, -- when it was opened
    closed_at   BIGINT,          -- when it was done with, NULL while open
    changed_seq BIGINT NOT NULL, -- the event that last changed it
    body        TEXT   NOT NULL, -- the whole incident, JSON
    PRIMARY KEY (centre, id),
    UNIQUE (centre, number)
);
CREATE INDEX incidents_closed ON incidents (centre, closed_at, opened_at, id);
CREATE INDEX incidents_opened ON incidents (centre, opened_at, id);
CREATE INDEX incidents_state ON incidents (centre, state, opened_at, id);
CREATE INDEX incidents_changed ON incidents (centre, changed_seq);

-- Projection: dispatches, one agency asked to act on one incident.
CREATE TABLE dispatches (
    centre      TEXT    NOT NULL, -- whose it is
    id          UUID    NOT NULL, -- the id
    version     BIGINT  NOT NULL, -- counts changes
    incident    UUID    NOT NULL, -- id of the incident
    agency      TEXT    NOT NULL, -- the agency asked
    role        TEXT    NOT NULL, -- lead or support
    state       TEXT    NOT NULL, -- where it stands
    overdue     BOOLEAN NOT NULL, -- whether a deadline of it has passed
    queued_at   BIGINT  NOT NULL, -- when it was made
    ended_at    BIGINT,           -- when it ended, NULL while it runs
    changed_seq BIGINT  NOT NULL, -- the event that last changed it
    body        TEXT    NOT NULL, -- the whole dispatch, JSON
    PRIMARY KEY (centre, id)
);
CREATE INDEX dispatches_ended ON dispatches (centre, ended_at, queued_at, id);
CREATE INDEX dispatches_queued ON dispatches (centre, queued_at, id);
CREATE INDEX dispatches_state ON dispatches (centre, state, queued_at, id);
CREATE INDEX dispatches_agency ON dispatches (centre, agency, queued_at, id);
CREATE INDEX dispatches_agency_open ON dispatches (centre, agency, queued_at, id) WHERE ended_at IS NULL;
CREATE INDEX dispatches_incident ON dispatches (centre, incident, queued_at, id);
CREATE INDEX dispatches_changed ON dispatches (centre, changed_seq);

-- Projection and outbox: one message of a dispatch to one contact on one channel.
CREATE TABLE deliveries (
    centre          TEXT   NOT NULL, -- whose it is
    id              UUID   NOT NULL, -- the id
    dispatch        UUID   NOT NULL, -- id of the dispatch it tells of
    revision        BIGINT NOT NULL, -- which wording of the dispatch
    contact         TEXT   NOT NULL, -- whom it goes to
    channel         TEXT   NOT NULL, -- the channel it goes by
    state           TEXT   NOT NULL, -- where it stands
    attempts        BIGINT NOT NULL, -- how often it was tried
    next_attempt_at BIGINT,          -- when to try next, NULL when nothing is left to do
    changed_seq     BIGINT NOT NULL, -- the event that last changed it
    body            TEXT   NOT NULL, -- the whole delivery, JSON
    PRIMARY KEY (centre, id),
    UNIQUE (centre, dispatch, revision, contact, channel)
);
CREATE INDEX deliveries_due ON deliveries (centre, next_attempt_at) WHERE next_attempt_at IS NOT NULL;

-- Deadlines that run now.
CREATE TABLE deadlines (
    centre  TEXT   NOT NULL,             -- whose it is
    subject TEXT   COLLATE "C" NOT NULL, -- what it is about
    kind    TEXT   COLLATE "C" NOT NULL, -- which deadline of that subject
    level   BIGINT NOT NULL,             -- how often it has already passed
    due_at  BIGINT NOT NULL,             -- when it passes
    PRIMARY KEY (centre, subject, kind)
);

-- Projection: units.
CREATE TABLE units (
    centre      TEXT   NOT NULL,             -- whose it is
    code        TEXT   COLLATE "C" NOT NULL, -- unique in the centre
    version     BIGINT NOT NULL,             -- counts changes
    agency      TEXT   NOT NULL,             -- the agency it belongs to
    state       TEXT   NOT NULL,             -- where it stands
    changed_seq BIGINT NOT NULL,             -- the event that last changed it
    body        TEXT   NOT NULL,             -- the whole unit, JSON
    PRIMARY KEY (centre, code)
);
CREATE INDEX units_agency ON units (centre, agency, code);
CREATE INDEX units_changed ON units (centre, changed_seq);

-- Personal data: who reported. Erased in place; never in events.
CREATE TABLE people (
    centre    TEXT   NOT NULL, -- whose it is
    id        UUID   NOT NULL, -- the id
    report    UUID   NOT NULL, -- id of the report they made
    name      TEXT,            -- their name, NULL when unknown or erased
    phone     TEXT,            -- their number, NULL when unknown or erased
    erased_at BIGINT,          -- when it was erased
    PRIMARY KEY (centre, id)
);
CREATE INDEX people_report ON people (centre, report);

-- Personal data: words that may name people. Erased in place; never in events.
CREATE TABLE texts (
    centre    TEXT   NOT NULL, -- whose it is
    id        UUID   NOT NULL, -- the id
    about     TEXT   NOT NULL, -- hyphenated UUID of the report, incident or dispatch
    kind      TEXT   NOT NULL, -- what kind of text
    body      TEXT,            -- the words, NULL when erased
    erased_at BIGINT,          -- when it was erased
    PRIMARY KEY (centre, id)
);
CREATE INDEX texts_about ON texts (centre, about);

-- People who can log in.
CREATE TABLE users (
    id            UUID    NOT NULL PRIMARY KEY,        -- the id
    name          TEXT    COLLATE "C" NOT NULL UNIQUE, -- the name they log in with
    password_hash TEXT    NOT NULL,                    -- PHC string
    disabled      BOOLEAN NOT NULL,                    -- whether they are shut out
    created_at    BIGINT  NOT NULL                     -- when the user was made
);

-- Rights: a user has a role in a centre, perhaps for one agency only.
CREATE TABLE grants (
    user_id UUID NOT NULL REFERENCES users (id),     -- id of the user
    centre  TEXT NOT NULL REFERENCES centres (code), -- where it holds
    role    TEXT NOT NULL,                           -- the role
    agency  TEXT                                     -- the agency it is narrowed to
);
CREATE UNIQUE INDEX grants_once ON grants (user_id, centre, role, coalesce(agency, ''));

-- Logins.
CREATE TABLE sessions (
    token_hash   BYTEA  NOT NULL PRIMARY KEY,           -- SHA-256 of the cookie's secret
    user_id      UUID   NOT NULL REFERENCES users (id), -- id of the user
    created_at   BIGINT NOT NULL,                       -- when they logged in
    expires_at   BIGINT NOT NULL,                       -- when it ends by itself
    last_seen_at BIGINT NOT NULL,                       -- when it was last used
    revoked_at   BIGINT                                 -- when it was ended before its time
);
CREATE INDEX sessions_user ON sessions (user_id);

-- Bearer tokens for machines.
CREATE TABLE tokens (
    id         UUID   NOT NULL PRIMARY KEY,               -- the id
    token_hash BYTEA  NOT NULL UNIQUE,                    -- SHA-256 of the secret
    label      TEXT   NOT NULL,                           -- what it is for
    centre     TEXT   NOT NULL REFERENCES centres (code), -- where it holds
    role       TEXT   NOT NULL,                           -- the role it gives
    agency     TEXT,                                      -- the agency it is narrowed to
    channel    TEXT,                                      -- the inbound channel it is narrowed to
    created_at BIGINT NOT NULL,                           -- when it was made
    expires_at BIGINT,                                    -- when it ends by itself
    revoked_at BIGINT                                     -- when it was ended before its time
);
CREATE INDEX tokens_centre ON tokens (centre, created_at);

-- Where an agency's messages go.
CREATE TABLE endpoints (
    centre     TEXT    NOT NULL REFERENCES centres (code), -- where it holds
    agency     TEXT    NOT NULL,                           -- the agency
    channel    TEXT    NOT NULL,                           -- the channel, e.g. webhook
    target     TEXT    NOT NULL,                           -- the address
    secret     TEXT    NOT NULL,                           -- signs what is sent there
    active     BOOLEAN NOT NULL,                           -- whether it is in use
    created_at BIGINT  NOT NULL,                           -- when it was first stored
    PRIMARY KEY (centre, agency, channel)
);
