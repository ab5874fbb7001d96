/** What the service tells of a layer and of the districts in view. */
export interface LayerFacts {
  readonly contact?: { readonly name?: string; readonly email?: string; readonly url?: string };
  readonly licence: { readonly title: string; readonly url: string } | null;
  readonly credits: readonly string[];
  readonly crs: { readonly code: string; readonly name: string };
  readonly epoch: number;
  readonly changed: Change | null;
  readonly features: number;
  readonly districts: readonly DistrictFacts[];
}

export interface Change {
  readonly epoch: number;
  /** ISO 8601. */
  readonly at: string;
}

export interface DistrictFacts {
  readonly name: string;
  /** None where the district has not brought the layer. */
  readonly features: number;
  readonly changed: Change | null;
  readonly surveys: readonly Survey[];
}

export interface Survey {
  readonly theme: string;
  readonly title: string;
  /** Null where nobody has looked. */
  readonly as_of: string | null;
  /** Of what of the district is in view. */
  readonly share: number | null;
  readonly is_whole: boolean;
  readonly is_under_review: boolean;
}

/** What of one theme is not known in view, by district. */
export interface Gap {
  readonly title: string;
  readonly never: readonly string[];
  readonly inPart: readonly (readonly [name: string, share: number])[];
  readonly underReview: readonly string[];
}

/** Districts in view without a single feature of the layer. */
export function notDelivered({ districts }: LayerFacts): string[] {
  return districts.filter(({ features }) => features === 0).map(({ name }) => name);
}

/** Theme by theme; those that are known everywhere in view are left out. */
export function gapsIn({ districts }: LayerFacts): Gap[] {
  const themes = new Map(districts.flatMap(({ surveys }) => surveys.map(({ theme, title }) => [theme, title] as const)));
  return [...themes].flatMap(([theme, title]) => {
    const known = districts.flatMap(({ name, surveys }) => surveys.filter((one) => one.theme === theme).map((survey) => ({ name, survey })));
    const gap = {
      title,
      never: known.filter(({ survey }) => survey.as_of === null).map(({ name }) => name),
      inPart: known.flatMap(({ name, survey }) => (survey.as_of === null || survey.is_whole ? [] : [[name, survey.share ?? 0] as const])),
      underReview: known.filter(({ survey }) => survey.is_under_review).map(({ name }) => name),
    };
    return gap.never.length + gap.inPart.length + gap.underReview.length === 0 ? [] : [gap];
  });
}
