-- Edits by other programs: keys with which they act for an account, and changesets that reach over several layers.
SET LOCAL lock_timeout = '5s';

CREATE TABLE auth.access_key (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id integer NOT NULL REFERENCES auth.account,
    name text NOT NULL CHECK (name <> ''),
    sha256 text NOT NULL UNIQUE,
    may_publish boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    revoked_at timestamptz
);

-- What came as an edit has been checked when it was sent; there is no file to be read another way.
ALTER TABLE inbox.upload ADD COLUMN is_edit boolean NOT NULL DEFAULT false;

-- NULL where it is the changeset's own layer.
ALTER TABLE inbox.change ADD COLUMN layer_id text;
