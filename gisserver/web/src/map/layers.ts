import type { LayerState } from "./address";
import type { Journal } from "./journal";
import type { PoolLayer } from "./pool_style";

type Listener = () => void;

/** Which layers are on, how strongly, in which order and as of when: the one place that knows. */
export class Layers {
  readonly all: readonly PoolLayer[];
  /** As the page begins without anything said. */
  readonly usual: readonly LayerState[];
  readonly #journal: Journal;
  readonly #listeners = new Set<Listener>();
  #states: readonly LayerState[];

  constructor(all: readonly PoolLayer[], journal: Journal, asked: readonly LayerState[] | null) {
    this.all = all;
    this.#journal = journal;
    this.usual = all.map(({ id, is_shown_at_first: isShown }) => ({ id, isShown, opacity: 1, at: null }));
    this.#states = asked === null ? this.usual : this.completed(asked);
  }

  /** From the top of the map to its ground. */
  get states(): readonly LayerState[] {
    return this.#states;
  }

  /** The layers switched on, from the top. */
  get shown(): readonly PoolLayer[] {
    return this.#states.flatMap(({ id, isShown }) => this.all.filter((layer) => isShown && layer.id === id));
  }

  layer(id: string): PoolLayer | undefined {
    return this.all.find((layer) => layer.id === id);
  }

  state(id: string): LayerState | undefined {
    return this.#states.find((state) => state.id === id);
  }

  /** What is given back ends it. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  change(id: string, what: Partial<Omit<LayerState, "id">>): void {
    this.#set(this.#states.map((state) => (state.id === id ? { ...state, ...what } : state)));
  }

  /** Towards the top by -1, towards the ground by 1. */
  move(id: string, by: -1 | 1): void {
    const from = this.#states.findIndex((state) => state.id === id);
    const to = from + by;
    const [moved, other] = [this.#states[from], this.#states[to]];
    if (moved === undefined || other === undefined) return;
    this.#set(this.#states.with(from, other).with(to, moved));
  }

  /** These on, as they are asked for and in their order; all others off. */
  replace(asked: readonly LayerState[]): void {
    this.#set(this.completed(asked));
  }

  /** Names in the list that are no layers here (any more, or for this reader). */
  unknownIn(asked: readonly LayerState[]): string[] {
    return asked.map(({ id }) => id).filter((id) => this.#named(id) === undefined);
  }

  /** Layers that have another name than the list says. */
  renamedIn(asked: readonly LayerState[]): PoolLayer[] {
    return asked.flatMap(({ id }) => this.#named(id) ?? []).filter((layer) => !asked.some(({ id }) => id === layer.id));
  }

  #named(id: string): PoolLayer | undefined {
    return this.layer(id) ?? this.all.find((layer) => layer.former_ids.includes(id));
  }

  /** A list of some layers as one of all: those it leaves out are off. */
  completed(asked: readonly LayerState[]): LayerState[] {
    const said = asked.flatMap((state) => {
      const layer = this.#named(state.id);
      return layer === undefined ? [] : [{ ...state, id: layer.id }];
    });
    const rest = this.usual.filter(({ id }) => !said.some((state) => state.id === id));
    return this.#inUsualOrder([...said, ...rest.map((state) => ({ ...state, isShown: false }))], asked);
  }

  /** A list that names layers in the usual order moves nothing: those it leaves out stay where they are. */
  #inUsualOrder(states: LayerState[], asked: readonly LayerState[]): LayerState[] {
    const place = new Map(this.usual.map(({ id }, index) => [id, index]));
    const places = asked.flatMap(({ id }) => place.get(this.#named(id)?.id ?? "") ?? []);
    const isUsual = places.every((one, index) => index === 0 || one > places[index - 1]!);
    return isUsual ? states.sort((one, other) => place.get(one.id)! - place.get(other.id)!) : states;
  }

  #set(next: readonly LayerState[]): void {
    const before = this.#states;
    if (JSON.stringify(before) === JSON.stringify(next)) return;
    this.#states = next;
    this.#journal.add({ undo: () => this.#set(before), redo: () => this.#set(next) });
    for (const listener of this.#listeners) listener();
  }
}
