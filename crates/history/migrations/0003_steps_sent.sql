-- What left the machine for a step, word for word, where a model elsewhere was asked. A person can
-- then see for every run what a service was told, not only that it was asked.
ALTER TABLE steps ADD COLUMN sent TEXT;
