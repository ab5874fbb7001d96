import type { MapConfig } from "./config";

/** Addresses for tests. */
export const CONFIG: MapConfig = {
  style: "",
  epoch: "",
  at: "/at",
  events: "/events",
  changes: "/{name}/changes",
  suggest: "/suggest",
  search: "/search",
  summary: "",
  measure: "",
  coordinates: "",
  schema: "/{name}/schema",
  items: "/{name}/items",
  story: "/story/{name}/{feature}",
  formats: [],
  answer: "/answer/{name}",
  list: "",
  prints: "",
  links: "",
  qgis: "",
  embed: "",
  embedders: [],
  is_embedded: false,
  token: "",
};
