import { promised } from "./element";

/** A map of another server, which comes through our service. */
export interface Background {
  readonly id: string;
  readonly title: string;
  /** With {z}, {x} and {y} in it. */
  readonly address: string;
  readonly credit: string;
  readonly last_zoom: number;
}

/** What the server tells the page; written as JSON beside the map because the content policy allows no inline script. */
export interface MapConfig {
  readonly style: string;
  readonly epoch: string;
  readonly at: string;
  /** Whose a layer, which {name} stands for, is and what of it is missing. */
  readonly about: string;
  /** The list of publishes. */
  readonly events: string;
  /** What changed in a layer, which {name} stands for. */
  readonly changes: string;
  readonly suggest: string;
  readonly search: string;
  readonly summary: string;
  readonly measure: string;
  readonly measure_shapes: string;
  readonly buffer: string;
  readonly coordinates: string;
  /** Where corners lie that somebody types. */
  readonly corners: { readonly ahead: string; readonly at: string };
  readonly schema: string;
  /** The features of a layer, which {name} stands for. */
  readonly items: string;
  /** The life of a feature, {feature} of the layer {name}. */
  readonly story: string;
  /** Formats in which all that match are to be had: word, title. */
  readonly formats: readonly (readonly [word: string, title: string])[];
  readonly answer: string;
  readonly list: string;
  readonly backgrounds: readonly Background[];
  /** The first page, with the one box. */
  readonly home: string;
  /** West, south, east, north of the whole area. */
  readonly bounds: readonly [number, number, number, number];
  /** The names of the layers that this person may see. */
  readonly layers: readonly string[];
  /** The map as a picture. */
  readonly still: string;
  /** The map for a frame in another page, and the sites that may show it there. */
  readonly embed: string;
  readonly embedders: readonly string[];
  readonly is_embedded: boolean;
  /** A view as a project of QGIS. */
  readonly qgis: string;
  /** Where short links are kept. */
  readonly links: string;
  /** Where maps on paper are ordered. */
  readonly prints: string;
  /** Where who may send files asks for a change; null for everybody else. */
  readonly request: {
    readonly send: string;
    readonly upload: string;
    /** What a feature of a layer, which {name} stands for, must bring. */
    readonly receivables: string;
    readonly districts: readonly (readonly [id: number, name: string])[];
  } | null;
  readonly signin: string;
  /** Where layers of other servers are listed and fetched; null where the operator allows none. */
  readonly foreign: string | null;
  /** Where drawings are shared. */
  readonly drawings: string;
  /** Where files of one's own are read, and up to which size. */
  readonly looks: string;
  readonly look_limit_mb: number;
  /** Goes with whatever is written by who has signed in; empty for everybody else. */
  readonly token: string;
}

export function readConfig(): MapConfig {
  return JSON.parse(promised("#map-config", HTMLScriptElement).text) as MapConfig;
}

/** `/answer/{uid}` with the name filled in. */
export function filled(template: string, name: string): string {
  return template.replace("{name}", encodeURIComponent(name));
}
