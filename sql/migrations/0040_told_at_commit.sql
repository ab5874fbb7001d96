-- Of steps that are taken at once only the last is told: the trigger that tells is made anew, for the end of a transaction.
SET LOCAL lock_timeout = '5s';

DROP TRIGGER IF EXISTS tell ON inbox.transition;
