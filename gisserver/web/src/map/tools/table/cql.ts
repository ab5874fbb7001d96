import type { Geometry, Position } from "geojson";
import type { FieldSchema } from "../../values";

/** One line of the filter as people put it together. */
export interface Condition {
  readonly field: string;
  readonly operator: Operator;
  readonly value: string;
}

export const OPERATORS = ["=", "<>", "contains", "begins", "<", "<=", ">", ">=", "empty", "filled"] as const;
export type Operator = (typeof OPERATORS)[number];

/** What can be asked of a field of that kind. */
export function operatorsFor(field: FieldSchema): readonly Operator[] {
  if (field["x-ogc-codes"] !== undefined) return ["=", "<>", "empty", "filled"];
  if (field.type === "string" && field.format === undefined) return ["=", "<>", "contains", "begins", "empty", "filled"];
  if (field.type === "boolean") return ["=", "empty", "filled"];
  return ["=", "<>", "<", "<=", ">", ">=", "empty", "filled"];
}

/** CQL2 text; null where a value is still missing or cannot be one of the field. */
export function conditionText({ field, operator, value }: Condition, schema: FieldSchema): string | null {
  if (operator === "empty") return `${field} IS NULL`;
  if (operator === "filled") return `${field} IS NOT NULL`;
  if (operator === "contains") return value === "" ? null : `CASEI(${field}) LIKE CASEI(${quoted(`%${plain(value)}%`)})`;
  if (operator === "begins") return value === "" ? null : `CASEI(${field}) LIKE CASEI(${quoted(`${plain(value)}%`)})`;
  const literal = literalText(value, schema);
  return literal === null ? null : `${field} ${operator} ${literal}`;
}

export function allOf(parts: readonly string[]): string {
  const said = parts.map((part) => part.trim()).filter((part) => part !== "");
  return said.length < 2 ? (said[0] ?? "") : said.map((part) => `(${part})`).join(" AND ");
}

const DEGREES = 7;

/** Features that meet the shape. */
export function meets(shape: Geometry): string {
  return `S_INTERSECTS(geom, ${wkt(shape)})`;
}

function wkt(shape: Geometry): string {
  switch (shape.type) {
    case "Point":
      return `POINT(${corner(shape.coordinates)})`;
    case "LineString":
      return `LINESTRING(${corners(shape.coordinates)})`;
    case "MultiLineString":
      return `MULTILINESTRING(${shape.coordinates.map((line) => `(${corners(line)})`).join(",")})`;
    case "Polygon":
      return `POLYGON(${rings(shape.coordinates)})`;
    case "MultiPolygon":
      return shape.coordinates.length === 1
        ? `POLYGON(${rings(shape.coordinates[0]!)})`
        : `MULTIPOLYGON(${shape.coordinates.map((part) => `(${rings(part)})`).join(",")})`;
    default:
      throw new Error(`A filter cannot hold a ${shape.type}.`);
  }
}

const rings = (polygon: readonly Position[][]): string => polygon.map((ring) => `(${corners(ring)})`).join(",");
const corners = (line: readonly Position[]): string => line.map(corner).join(",");
const corner = ([lon = 0, lat = 0]: Position): string => `${Number(lon.toFixed(DEGREES))} ${Number(lat.toFixed(DEGREES))}`;

function literalText(value: string, { type, format }: FieldSchema): string | null {
  if (format === "date") return /^\d{4}-\d{2}-\d{2}$/.test(value) ? `DATE('${value}')` : null;
  if (type === "boolean") return value === "true" || value === "false" ? value.toUpperCase() : null;
  if (type === "number" || type === "integer") {
    const number = value.trim().replace(",", ".");
    return number !== "" && Number.isFinite(Number(number)) ? number : null;
  }
  return quoted(value);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Signs that LIKE takes for any letters are meant as they stand. */
function plain(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}
