-- Pictures that teams took of a scene. Erased in place; events name them by id.
CREATE TABLE photos (
    centre     TEXT    NOT NULL REFERENCES centres (code), -- where it belongs
    id         BLOB    NOT NULL,                           -- UUID
    dispatch   BLOB    NOT NULL,                           -- UUID of the dispatch
    media_type TEXT    NOT NULL,                           -- image/jpeg, image/png or image/webp
    body       BLOB,                                       -- the picture without what the camera wrote, NULL when erased
    created_at INTEGER NOT NULL,                           -- when it came
    erased_at  INTEGER,                                    -- when it was erased
    PRIMARY KEY (centre, id)
) STRICT;
CREATE INDEX photos_dispatch ON photos (centre, dispatch);
