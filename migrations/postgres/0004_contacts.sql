-- Whom agencies' dispatches reach. Personal data of people on duty stands here and nowhere else: events and
-- deliveries name a contact by its code.
CREATE TABLE contacts (
    centre     TEXT    NOT NULL REFERENCES centres (code), -- where it holds
    agency     TEXT    NOT NULL,                           -- the agency
    code       TEXT    NOT NULL,                           -- unique in the agency, e.g. piket-1
    name       TEXT    NOT NULL,                           -- who it is, for the desk
    phone      TEXT,                                       -- number to ring, NULL when there is none
    place      BIGINT  NOT NULL,                           -- who comes first when nobody is on duty
    changed_at BIGINT  NOT NULL,                           -- when it was last changed
    PRIMARY KEY (centre, agency, code)
);

-- The channels of a contact.
CREATE TABLE contact_links (
    centre  TEXT NOT NULL, -- where it holds
    agency  TEXT NOT NULL, -- the agency
    contact TEXT NOT NULL, -- the contact's code
    channel TEXT NOT NULL, -- sms, whatsapp, telegram, line, gateway, email
    target  TEXT NOT NULL, -- number, chat id or address on that channel
    PRIMARY KEY (centre, agency, contact, channel),
    FOREIGN KEY (centre, agency, contact) REFERENCES contacts (centre, agency, code)
);

-- Who is on duty when.
CREATE TABLE duties (
    centre    TEXT    NOT NULL, -- where it holds
    agency    TEXT    NOT NULL, -- the agency
    contact   TEXT    NOT NULL, -- the contact's code
    starts_at BIGINT  NOT NULL, -- from when
    ends_at   BIGINT  NOT NULL, -- until before when
    place     BIGINT  NOT NULL, -- 1 first contact, 2 second contact ...
    PRIMARY KEY (centre, agency, contact, starts_at),
    FOREIGN KEY (centre, agency, contact) REFERENCES contacts (centre, agency, code)
);
CREATE INDEX duties_end ON duties (centre, ends_at);

-- Browsers that an agency's people want to be notified in.
CREATE TABLE push_subscriptions (
    centre     TEXT    NOT NULL REFERENCES centres (code), -- where it holds
    agency     TEXT    NOT NULL,                           -- the agency
    endpoint   TEXT    NOT NULL,                           -- the push service's address for it
    p256dh     TEXT    NOT NULL,                           -- the browser's public key, base64url
    auth       TEXT    NOT NULL,                           -- its authentication secret, base64url
    user_id    UUID    NOT NULL REFERENCES users (id),     -- id of whose browser it is
    created_at BIGINT  NOT NULL,                           -- when it was made
    PRIMARY KEY (centre, endpoint)
);

-- Secrets that the server made for itself: the first one stored stays.
CREATE TABLE secrets (
    name       TEXT    NOT NULL PRIMARY KEY, -- what it is for
    body       TEXT    NOT NULL,             -- the secret
    created_at BIGINT  NOT NULL              -- when it was made
);

-- An administrator may allow a target in a private network.
ALTER TABLE endpoints ADD COLUMN private_allowed BOOLEAN NOT NULL DEFAULT FALSE; -- whether it may lie in a private network
