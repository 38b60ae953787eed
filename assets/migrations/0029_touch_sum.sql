-- How often each script and each campaign was used and what came of it, kept beside the touches.
-- Why: the lists of scripts and campaigns are asked again whenever anybody has written, and counting millions of touches each
-- time, even along an index, is felt. Triggers keep the sums, because touches are written, imported, merged, moved to another
-- customer and taken back in many places; a rebuild and a check count anew (src/store/touch_sum.rs). The two indexes that
-- served the counting go. A script counts where we touched of our own accord; a campaign counts all its touches.

DROP INDEX touch_script;
DROP INDEX touch_campaign;
CREATE TABLE touch_sum (
  what      TEXT NOT NULL CHECK (what IN ('script','campaign')),
  code      TEXT NOT NULL,
  touches   INTEGER NOT NULL,
  answered  INTEGER NOT NULL,
  converted INTEGER NOT NULL,
  PRIMARY KEY (what, code)
) STRICT, WITHOUT ROWID;

INSERT INTO touch_sum(what, code, touches, answered, converted)
SELECT 'script', script, count(*), sum(responded), sum(converted) FROM touch
WHERE script IS NOT NULL AND kind = 'proactive' GROUP BY script
UNION ALL
SELECT 'campaign', campaign, count(*), sum(responded), sum(converted) FROM touch WHERE campaign IS NOT NULL GROUP BY campaign;

CREATE TRIGGER touch_sum_on AFTER INSERT ON touch WHEN NEW.script IS NOT NULL OR NEW.campaign IS NOT NULL BEGIN
  INSERT INTO touch_sum(what, code, touches, answered, converted)
  SELECT 'script', NEW.script, 1, NEW.responded, NEW.converted WHERE NEW.script IS NOT NULL AND NEW.kind = 'proactive'
  UNION ALL
  SELECT 'campaign', NEW.campaign, 1, NEW.responded, NEW.converted WHERE NEW.campaign IS NOT NULL
  ON CONFLICT DO UPDATE SET touches = touch_sum.touches + 1, answered = touch_sum.answered + excluded.answered,
    converted = touch_sum.converted + excluded.converted;
END;

CREATE TRIGGER touch_sum_off AFTER DELETE ON touch WHEN OLD.script IS NOT NULL OR OLD.campaign IS NOT NULL BEGIN
  UPDATE touch_sum SET touches = touches - 1, answered = answered - OLD.responded, converted = converted - OLD.converted
  WHERE what = 'script' AND code = OLD.script AND OLD.kind = 'proactive' OR what = 'campaign' AND code = OLD.campaign;
  DELETE FROM touch_sum WHERE what = 'script' AND code = OLD.script AND touches = 0;
  DELETE FROM touch_sum WHERE what = 'campaign' AND code = OLD.campaign AND touches = 0;
END;

CREATE TRIGGER touch_sum_moved AFTER UPDATE OF script, campaign, kind, responded, converted ON touch
WHEN coalesce(OLD.script, OLD.campaign, NEW.script, NEW.campaign) IS NOT NULL BEGIN
  UPDATE touch_sum SET touches = touches - 1, answered = answered - OLD.responded, converted = converted - OLD.converted
  WHERE what = 'script' AND code = OLD.script AND OLD.kind = 'proactive' OR what = 'campaign' AND code = OLD.campaign;
  INSERT INTO touch_sum(what, code, touches, answered, converted)
  SELECT 'script', NEW.script, 1, NEW.responded, NEW.converted WHERE NEW.script IS NOT NULL AND NEW.kind = 'proactive'
  UNION ALL
  SELECT 'campaign', NEW.campaign, 1, NEW.responded, NEW.converted WHERE NEW.campaign IS NOT NULL
  ON CONFLICT DO UPDATE SET touches = touch_sum.touches + 1, answered = touch_sum.answered + excluded.answered,
    converted = touch_sum.converted + excluded.converted;
  DELETE FROM touch_sum WHERE what = 'script' AND code = OLD.script AND touches = 0;
  DELETE FROM touch_sum WHERE what = 'campaign' AND code = OLD.campaign AND touches = 0;
END;

-- never read or written: columns and places of a person live in the session's drafts
DROP TABLE person_setting;
