-- What else may be told of a thing, so that no field of `running.py`'s site is left empty.
UPDATE stop SET rescue_post = 'x',
    closures = '[{"from_day": "2020-01-01", "until_day": null, "reason": {"fr": "x"}}]';
UPDATE stop_picture SET caption = '{"fr": "x"}';
UPDATE sign SET state = 'installed', checked_by = 'x', checked_at = '2026-01-01 00:00:00'
    WHERE state <> 'retired';
INSERT INTO sign_report (sign_id, reported_on, note, closed_by, closed_at)
    SELECT sign_id, '2026-01-01', note, 'x', '2026-01-01 00:00:00' FROM sign_report;
UPDATE sign_batch SET state = 'failed', failure = 'x';
UPDATE preview SET state = 'failed', failure = 'x', voice = 'x', cues = '[{"text": "x"}]';
UPDATE narration SET state = 'failed', failure = 'x' WHERE state = 'wanted';
UPDATE narration SET chapters = '[{"start_s": 0.0, "title": "x"}]' WHERE state = 'ready';
UPDATE recording SET withdrawn_by = 'x', withdrawn_at = '2026-01-01 00:00:00'
    WHERE speaker = 'Jeanne';
UPDATE letter SET hindrance = 'refused', answer = 'x', next_attempt_at = NULL;
UPDATE itinerary SET visibility = 'published';
INSERT INTO presence SELECT 2, id, 'fr', 'standard', '2999-01-01 00:00:00' FROM stop;
INSERT INTO observation (stop_id, lang, kind, text, noticed_on, masked, state, decided_by, decided_at,
    outcome, answer, answered_on, version)
    SELECT stop_id, lang, kind, text, noticed_on, '', 'published', 'x', '2026-01-01 00:00:00',
        'done', 'x', '2026-01-02', 1 FROM observation;
