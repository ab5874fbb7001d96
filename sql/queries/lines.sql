-- name: read_only
SET default_transaction_read_only = on
