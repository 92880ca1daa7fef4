-- Where units were, thinned before it comes here: at most one row per unit and 30 s or 100 m. No facts of the log:
-- old rows go. Instants first in the key: rows come and go at its ends, so that thousands of units on the move do
-- not each keep a page of their own in use; one unit's track is read out of everybody's of those hours.
CREATE TABLE unit_positions (
    centre      TEXT             NOT NULL, -- whose it is
    at          BIGINT           NOT NULL, -- when the device was there
    unit        TEXT COLLATE "C" NOT NULL, -- the unit's code
    lat         DOUBLE PRECISION NOT NULL, -- WGS 84 degrees
    lon         DOUBLE PRECISION NOT NULL, -- WGS 84 degrees
    accuracy_m  DOUBLE PRECISION,          -- radius of uncertainty, NULL when the device does not tell
    speed_kmh   DOUBLE PRECISION,          -- NULL when not known
    heading     DOUBLE PRECISION,          -- degrees from north, clockwise, NULL when not known
    received_at BIGINT           NOT NULL, -- when the server heard of it
    PRIMARY KEY (centre, at, unit)
);

-- Where each unit was last, for the next start and for other nodes.
CREATE TABLE unit_last_positions (
    centre      TEXT             NOT NULL, -- whose it is
    unit        TEXT COLLATE "C" NOT NULL, -- the unit's code
    at          BIGINT           NOT NULL, -- when the device was there
    lat         DOUBLE PRECISION NOT NULL, -- WGS 84 degrees
    lon         DOUBLE PRECISION NOT NULL, -- WGS 84 degrees
    accuracy_m  DOUBLE PRECISION,          -- radius of uncertainty, NULL when the device does not tell
    speed_kmh   DOUBLE PRECISION,          -- NULL when not known
    heading     DOUBLE PRECISION,          -- degrees from north, clockwise, NULL when not known
    received_at BIGINT           NOT NULL, -- when the server heard of it
    PRIMARY KEY (centre, unit)
);

-- Which unit a device rides in. A unit may have several.
CREATE TABLE unit_devices (
    centre   TEXT             NOT NULL REFERENCES centres (code), -- where it holds
    device   TEXT COLLATE "C" NOT NULL,                           -- what the device calls itself, e.g. a Traccar uniqueId
    unit     TEXT COLLATE "C" NOT NULL,                           -- the unit's code
    bound_by TEXT             NOT NULL,                           -- who said so
    bound_at BIGINT           NOT NULL,                           -- when
    PRIMARY KEY (centre, device)
);
CREATE INDEX unit_devices_unit ON unit_devices (centre, unit, device);
