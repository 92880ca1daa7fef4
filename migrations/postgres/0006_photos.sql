-- Pictures that teams took of a scene. Erased in place; events name them by id.
CREATE TABLE photos (
    centre     TEXT    NOT NULL REFERENCES centres (code), -- where it belongs
    id         UUID    NOT NULL,                           -- the id
    dispatch   UUID    NOT NULL,                           -- id of the dispatch
    media_type TEXT    NOT NULL,                           -- image/jpeg, image/png or image/webp
    body       BYTEA,                                      -- the picture without what the camera wrote, NULL when erased
    created_at BIGINT  NOT NULL,                           -- when it came
    erased_at  BIGINT ,                                    -- when it was erased
    PRIMARY KEY (centre, id)
);
CREATE INDEX photos_dispatch ON photos (centre, dispatch);
