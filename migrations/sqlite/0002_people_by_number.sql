-- A number's earlier reports are looked up while the caller speaks, however the number was written.
ALTER TABLE people ADD COLUMN digits TEXT; -- the number's digits without prefix, NULL when unknown or erased
CREATE INDEX people_digits ON people (centre, digits, report) WHERE digits IS NOT NULL;
