-- name: keep_piece
INSERT INTO inbox.refused_piece (upload_id, district_id, number, bytes) VALUES (:upload, :district, :number, :bytes)

-- name: size
SELECT coalesce(sum(length(bytes)), 0) FROM inbox.refused_piece WHERE upload_id = :upload

-- name: pieces
SELECT bytes FROM inbox.refused_piece WHERE upload_id = :upload ORDER BY number

-- name: forget
DELETE FROM inbox.refused_piece WHERE upload_id = :upload

-- name: refused_lines
-- Each with all that was said about it, in each language; what was said of the file as a whole is not the record's.
SELECT r.line, r.refused_by, coalesce(array_agg(f.rule) FILTER (WHERE f.id IS NOT NULL), '{}') AS told_by,
       array_agg(f.facts -> 'text' ORDER BY f.rank, f.id) FILTER (WHERE f.id IS NOT NULL) AS texts
  FROM inbox.record AS r
  LEFT JOIN inbox.finding AS f ON f.upload_id = r.upload_id AND f.line = r.line
 WHERE r.upload_id = :upload AND r.outcome = 'refused'
 GROUP BY r.line, r.refused_by
 ORDER BY r.line
