-- The additive figures of every day, counted from the records. `?1` is the company's zone in seconds east of UTC.
-- Why it is here: a rebuild fills the table `daily` with it, a check compares; between the two the writing transaction
-- keeps the table by differences (src/store/daily.rs).
SELECT day, person, segment, channel, sum(touches), sum(proactive), sum(answered), sum(late), sum(cost), sum(orders), sum(fen),
       sum(customers)
FROM (
  SELECT date(at / 1000 + ?1, 'unixepoch') AS day, person_id AS person, coalesce(segment_then, '') AS segment,
         coalesce(channel, '') AS channel, 1 AS touches, kind = 'proactive' AS proactive,
         kind = 'proactive' AND responded = 1 AS answered, late, cost_fen AS cost, 0 AS orders, 0 AS fen, 0 AS customers
  FROM touch
  UNION ALL
  -- an order counts if paid and something is left after its refunds [kpis.md C4]
  SELECT ordered_on, person, '', '', 0, 0, 0, 0, 0, 1, net, 0
  FROM (
    SELECT o.ordered_on, coalesce(o.by_id, 0) AS person,
           o.amount_fen - (SELECT coalesce(sum(f.amount_fen), 0) FROM refund f WHERE f.order_id = o.id) AS net
    FROM orders o
    WHERE o.status = 'paid'
  )
  WHERE net > 0
  UNION ALL
  -- a refund that names no order takes its amount off its own day [kpis.md C5]
  SELECT refunded_on, 0, '', '', 0, 0, 0, 0, 0, 0, -amount_fen, 0 FROM refund WHERE order_id IS NULL
  UNION ALL
  SELECT date(created_at / 1000 + ?1, 'unixepoch'), coalesce(entered_by, 0), '', '', 0, 0, 0, 0, 0, 0, 0, 1 FROM customer
)
GROUP BY 1, 2, 3, 4
