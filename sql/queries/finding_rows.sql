-- name: all_of_upload
SELECT rule, severity, line, ref, sentence, is_exact, ST_X(place) AS x, ST_Y(place) AS y, dimension,
       ST_AsBinary(ST_Multi(CASE WHEN dimension IS NOT NULL THEN ST_CollectionExtract(shape, dimension + 1) END)) AS wkb
  FROM (SELECT f.rule, f.severity, f.rank, f.id, f.line, f.ref, f.geom IS NOT NULL AS is_exact, shaped.shape,
               ST_PointOnSurface(shaped.shape) AS place, ST_Dimension(shaped.shape) AS dimension,
               coalesce(f.facts #>> ARRAY['text', :language], f.facts #>> '{text,en}', f.rule) AS sentence
          FROM inbox.finding f
          LEFT JOIN inbox.record r ON f.geom IS NULL AND r.upload_id = f.upload_id AND r.line = f.line
         CROSS JOIN LATERAL (SELECT CASE WHEN NOT ST_IsEmpty(coalesce(f.geom, r.geom))
                                         THEN coalesce(f.geom, r.geom) END AS shape) shaped
         WHERE f.upload_id = :upload) told
 ORDER BY rank, coalesce(line, 0), id

-- name: sketch
-- A frame around what lies in the region, a tenth wider on each side; the file's shapes first, findings on top.
WITH found AS MATERIALIZED (
    SELECT f.id, f.rank, f.severity, coalesce(f.line, 0) AS line, f.geom IS NOT NULL AS is_exact,
           coalesce(f.geom, r.geom) AS geom
      FROM inbox.finding f
      LEFT JOIN inbox.record r ON f.geom IS NULL AND r.upload_id = f.upload_id AND r.line = f.line
     WHERE f.upload_id = :upload
       AND coalesce(f.geom, r.geom) && ST_MakeEnvelope(:west, :south, :east, :north, :srid)
), extent AS (
    SELECT CAST(ST_Extent(geom) AS geometry) AS box FROM found
), frame AS MATERIALIZED (
    SELECT ST_SetSRID(ST_Expand(box, greatest(ST_XMax(box) - ST_XMin(box), ST_YMax(box) - ST_YMin(box), 100) / 10), :srid)
           AS box
      FROM extent WHERE box IS NOT NULL
), drawn AS (
    (SELECT 0 AS step, 'record' AS kind, line AS number, r.geom
       FROM inbox.record r JOIN frame ON r.geom && frame.box
      WHERE r.upload_id = :upload ORDER BY line LIMIT 3000)
    UNION ALL
    (SELECT 3 - rank, severity, id,
            -- What would be a speck at this scale gets a dot.
            CASE WHEN greatest(ST_XMax(geom) - ST_XMin(geom), ST_YMax(geom) - ST_YMin(geom)) < ST_Perimeter(box) / 400
                 THEN ST_Buffer(ST_PointOnSurface(geom), ST_Perimeter(box) / 800) ELSE geom END
       FROM found CROSS JOIN frame WHERE is_exact AND NOT ST_IsEmpty(geom) ORDER BY rank, line, id LIMIT 2000)
)
SELECT drawn.kind, ST_AsSVG(ST_Translate(drawn.geom, -ST_XMin(box), -ST_YMax(box)), 0, 2) AS path,
       ST_XMin(box) AS west, ST_YMax(box) AS north, ST_XMax(box) - ST_XMin(box) AS width,
       ST_YMax(box) - ST_YMin(box) AS height
  FROM drawn CROSS JOIN frame
 WHERE ST_Dimension(drawn.geom) > 0
 ORDER BY step, number
