-- What somebody watches, and where it is told: at an address with a secret, or by webhook.
SET LOCAL lock_timeout = '5s';

CREATE SCHEMA watch;

CREATE TABLE watch.subscription (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_digest bytea NOT NULL UNIQUE,
    account_id integer REFERENCES auth.account ON DELETE CASCADE,
    audience smallint NOT NULL CHECK (audience BETWEEN 0 AND 2),
    layers text[] NOT NULL,
    district_id integer,
    area bytea,
    feature_uid uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    used_on date NOT NULL DEFAULT current_date
);
CREATE INDEX subscription_account ON watch.subscription (account_id);

CREATE TABLE watch.webhook (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subscription_id bigint NOT NULL UNIQUE REFERENCES watch.subscription ON DELETE CASCADE,
    url text NOT NULL,
    root text NOT NULL,
    told_epoch bigint NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    failures integer NOT NULL DEFAULT 0,
    failing_since timestamptz,
    tried_at timestamptz,
    outcome text
);

-- Apart, since the web process writes it once and may never read it.
CREATE TABLE watch.secret (
    webhook_id bigint PRIMARY KEY REFERENCES watch.webhook ON DELETE CASCADE,
    secret text NOT NULL
);
