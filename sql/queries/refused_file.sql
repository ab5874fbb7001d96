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
SELECT r.line, array_agg(f.facts -> 'text' ORDER BY f.rank, f.id) FILTER (WHERE f.id IS NOT NULL) AS texts
  FROM inbox.record r
  LEFT JOIN inbox.finding f ON f.upload_id = r.upload_id AND f.line = r.line
 WHERE r.upload_id = :upload AND r.outcome = 'refused'
 GROUP BY r.line
 ORDER BY r.line
