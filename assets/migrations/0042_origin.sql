-- A touch that a file brought was written down elsewhere, and nobody knows when: the moment of the import never counts (kpis.md
-- C2), so that it is late no more. `job_id` of a touch names the import that brought it: what a campaign touched was written
-- down as it happened, and counts for timeliness. Figures that were kept before say otherwise and are counted anew.
UPDATE touch SET job_id = NULL, rev = rev + 1 WHERE job_id IN (SELECT id FROM job WHERE verb <> 'import');
WITH brought AS (
  SELECT date(at / 1000 + 60 * coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'zone_minutes'), 480), 'unixepoch')
      AS day, person_id, coalesce(segment_then, '') AS segment, coalesce(channel, '') AS channel, count(*) AS n
  FROM touch WHERE late = 1 AND job_id IS NOT NULL GROUP BY 1, 2, 3, 4
)
UPDATE daily SET late = late - n FROM brought
WHERE daily.day = brought.day AND daily.person_id = brought.person_id AND daily.segment = brought.segment
  AND daily.channel = brought.channel;
UPDATE touch SET late = 0, rev = rev + 1 WHERE late = 1 AND job_id IS NOT NULL;
DELETE FROM kept_figures;

-- Numbers of customers are the same in letters of either case (H6).
CREATE INDEX IF NOT EXISTS customer_code_folded ON customer (code COLLATE NOCASE);
CREATE INDEX IF NOT EXISTS customer_alias_folded ON customer_alias (code COLLATE NOCASE);
