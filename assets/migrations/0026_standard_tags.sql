-- The tags of customers in their standard wording: whoever has an alias has what it means. Profiles, cards, suggestions,
-- products, exports, facts and the look-up read this and not the tags as they were given (C20, C25).
CREATE VIEW own_tag AS
  SELECT k.customer_id, k.id, k.how, k.by_id, k.at, coalesce(s.type, t.type) AS type, coalesce(s.name, t.name) AS name,
    coalesce(s.value, t.value) AS value
  FROM customer_tag k CROSS JOIN tag t ON t.id = k.tag_id LEFT JOIN tag s ON s.id = t.alias_of;
