-- The zones of a plan, and plans by a number they once had.
SET LOCAL lock_timeout = '5s';

CREATE INDEX zones_plan_ref ON pool.zones (plan_ref);
CREATE INDEX history_plans_plan_no ON history.plans (plan_no);
