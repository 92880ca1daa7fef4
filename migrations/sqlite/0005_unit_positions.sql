-- Where units were, thinned before it comes here: at most one row per unit and 30 s or 100 m. No facts of the log:
-- old rows go. Instants first in the key: rows come and go at its ends, so that thousands of units on the move do
-- not each keep a page of their own in use; one unit's track is read out of everybody's of those hours.
CREATE TABLE unit_positions (
    centre      TEXT    NOT NULL, -- whose it is
    at          INTEGER NOT NULL, -- when the device was there
    unit        TEXT    NOT NULL, -- the unit's code
    lat         REAL    NOT NULL, -- WGS 84 degrees
    lon         REAL    NOT NULL, -- WGS 84 degrees
    accuracy_m  REAL,             -- radius of uncertainty, NULL when the device does not tell
    speed_kmh   REAL,             -- NULL when not known
    heading     REAL,             -- degrees from north, clockwise, NULL when not known
    received_at INTEGER NOT NULL, -- when the server heard of it
    PRIMARY KEY (centre, at, unit)
) STRICT, WITHOUT ROWID;

-- Where each unit was last, for the next start and for other nodes.
CREATE TABLE unit_last_positions (
    centre      TEXT    NOT NULL, -- whose it is
    unit        TEXT    NOT NULL, -- the unit's code
    at          INTEGER NOT NULL, -- when the device was there
    lat         REAL    NOT NULL, -- WGS 84 degrees
    lon         REAL    NOT NULL, -- WGS 84 degrees
    accuracy_m  REAL,             -- radius of uncertainty, NULL when the device does not tell
    speed_kmh   REAL,             -- NULL when not known
    heading     REAL,             -- degrees from north, clockwise, NULL when not known
    received_at INTEGER NOT NULL, -- when the server heard of it
    PRIMARY KEY (centre, unit)
) STRICT, WITHOUT ROWID;

-- Which unit a device rides in. A unit may have several.
CREATE TABLE unit_devices (
    centre   TEXT    NOT NULL REFERENCES centres (code), -- where it holds
    device   TEXT    NOT NULL,                           -- what the device calls itself, e.g. a Traccar uniqueId
    unit     TEXT    NOT NULL,                           -- the unit's code
    bound_by TEXT    NOT NULL,                           -- who said so
    bound_at INTEGER NOT NULL,                           -- when
    PRIMARY KEY (centre, device)
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_devices_unit ON unit_devices (centre, unit, device);
