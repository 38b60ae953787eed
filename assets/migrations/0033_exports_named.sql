-- A customer who is erased on request (I18) is named nowhere, not in the log of exports either: what was typed there (the filter,
-- the file, the reason) may be blanked. That something left, what, when and with whom stays, and nothing else is rewritten.

DROP TRIGGER export_log_stays;
CREATE TRIGGER export_log_stays BEFORE UPDATE ON export_log
WHEN NOT (OLD.state='running' AND NEW.rows>=OLD.rows AND NEW.state<>'refused'
  AND (NEW.id,NEW.change_id,NEW.person_id,NEW.at,NEW.what,NEW.filter,NEW.format,NEW.place,NEW.reason,NEW.planned,NEW.large)
    =(OLD.id,OLD.change_id,OLD.person_id,OLD.at,OLD.what,OLD.filter,OLD.format,OLD.place,OLD.reason,OLD.planned,OLD.large))
  AND NOT (NEW.filter IN (OLD.filter,'—') AND NEW.place IN (OLD.place,'—') AND NEW.reason IN (OLD.reason,'—')
    AND (NEW.refusal IS OLD.refusal OR NEW.refusal='—') AND NEW.ended_at IS OLD.ended_at
    AND (NEW.id,NEW.change_id,NEW.person_id,NEW.at,NEW.what,NEW.format,NEW.planned,NEW.rows,NEW.state,NEW.large)
      =(OLD.id,OLD.change_id,OLD.person_id,OLD.at,OLD.what,OLD.format,OLD.planned,OLD.rows,OLD.state,OLD.large))
BEGIN SELECT RAISE(ABORT, 'the log of exports is not rewritten'); END;
