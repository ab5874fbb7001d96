import { promised } from "./element";

/** What the server tells the page; written as JSON beside the map because the content policy allows no inline script. */
export interface MapConfig {
  readonly style: string;
  readonly epoch: string;
  readonly at: string;
  readonly suggest: string;
  readonly search: string;
  readonly schema: string;
  readonly answer: string;
  readonly list: string;
}

export function readConfig(): MapConfig {
  return JSON.parse(promised("#map-config", HTMLScriptElement).text) as MapConfig;
}

/** `/answer/{uid}` with the name filled in. */
export function filled(template: string, name: string): string {
  return template.replace("{name}", encodeURIComponent(name));
}
