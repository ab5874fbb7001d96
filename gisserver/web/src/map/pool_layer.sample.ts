import type { PoolLayer } from "./pool_style";

/** A layer for tests. */
export function poolLayer(id: string, theme: string, more: Partial<PoolLayer> = {}): PoolLayer {
  const swatch = { kind: "fill", color: "#ffffff", outline: null, is_dashed: false } as const;
  return {
    id,
    theme,
    title: id.toUpperCase(),
    description: "",
    label: "name",
    from_zoom: 12,
    features_from_zoom: 14,
    is_shown_at_first: true,
    is_public: true,
    former_ids: [],
    swatch,
    legend_field: null,
    legend: [],
    ...more,
  };
}
