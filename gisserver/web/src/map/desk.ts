import type { Feature } from "geojson";
import type { LayerState } from "./address";
import type { Api, LayerThen } from "./api";
import type { MapConfig } from "./config";
import type { Backgrounds } from "./backgrounds";
import type { Journal } from "./journal";
import type { Said } from "./language";
import type { Layers } from "./layers";
import type { Moment } from "./moment";
import type { Night } from "./night";
import type { OwnLayers } from "./own_layers";
import type { PoolLayer } from "./pool_style";
import type { View } from "./view";
import type { Words } from "./words";

/** A sentence in each language of the map page. */
export type Title = Said<string>;

/** A tool that is loaded when it is first used; what `open` gives back ends it. */
export interface Tool {
  readonly title: Title;
  open(desk: Desk, body: HTMLElement, wish: Wish): () => void;
}

/** What a tool is opened for; nothing where somebody just opens it. */
export interface Wish {
  readonly layer?: PoolLayer;
  /** CQL2 text. */
  readonly filter?: string;
  /** What a link says of the tool, in the words that the tool once noted. */
  readonly about?: string;
  readonly files?: readonly File[];
  /** Longitude and latitude of a place. */
  readonly at?: readonly [lon: number, lat: number];
}

export type LoadTool = () => Promise<{ readonly TOOL: Tool }>;

/** What commands and tools work with. */
export interface Desk {
  readonly api: Api;
  readonly backgrounds: Backgrounds;
  readonly config: MapConfig;
  /** The code of the shared drawing that the address names, or those of several; null for one's own. */
  drawing: string | null;
  readonly journal: Journal;
  readonly language: string;
  readonly layers: Layers;
  readonly night: Night;
  readonly own: OwnLayers;
  readonly view: View;
  readonly words: Words;
  /** The word in the page's language. */
  said(title: Title): string;
  /** Say something in the status line, where screen readers hear it too. */
  tell(sentence: string): void;
  /** Draw these on the first map, as of their moments; the legend follows. */
  draw(states: readonly LayerState[]): void;
  /** Told the number of each publish as it arrives. */
  onPublish(listener: (epoch: number) => void): () => void;
  /** The layers on the map whose features are drawn at this zoom, and as of when. */
  visibleNow(): readonly LayerThen[];
  /** Open the tool of that name in the panel, or close it where it is open. */
  toggle(name: string, load: LoadTool, wish?: Wish): Promise<void>;
  isOpen(name: string): boolean;
  /** What the open tool is at, for the address: a word of its own, and CQL2 text. */
  note(about: string | null, filter?: string | null): void;
  /** The same, anew where it is open already. */
  openTool(name: string, load: LoadTool, wish?: Wish): Promise<void>;
  /** The features of a layer, with a filter (CQL2) where one is given. */
  openTable(wish: Wish): Promise<void>;
  /** Go to the feature and open its card. */
  show(chosen: Chosen): Promise<void>;
  /** What lies at the place, as this map draws it, by the card. */
  lookAt(view: View, lon: number, lat: number): Promise<void>;
  closeTool(): void;
  /** On a small screen only the heading of the open tool stays, so that there is room to draw. */
  foldPanel(): void;
  unfoldPanel(): void;
  focusSearch(): void;
  /** What lies in the middle of the map, by the card. */
  lookAtMiddle(): Promise<void>;
  /** Ask for a click on the map; while somebody waits for one, it opens no card. */
  whileClicksAreMine(): () => void;
  chosen: Chosen | null;
  onChosen(listener: (chosen: Chosen | null) => void): () => void;
}

/** The feature whose card is open. */
export interface Chosen {
  readonly layer: PoolLayer;
  readonly feature: Feature;
  /** Whose state it is. */
  readonly at: Moment;
  /** The publish in force then; pages of features know no days of publishing. */
  readonly epoch?: string | null;
}
