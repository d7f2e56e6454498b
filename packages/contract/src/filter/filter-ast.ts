/** Where a part of the filter stands in its text: `start` to before `end`, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

export type Comparison = '>' | '>=' | '<' | '<=';

export type LabelRequirement =
  | { key: string; operator: 'in' | 'notIn'; values: readonly string[] }
  | { key: string; operator: 'exists' | 'absent' }
  | { key: string; operator: 'greater' | 'less'; value: number };

export type FilterTerm = Span &
  (
    | { type: 'word'; text: string }
    | { type: 'regex'; source: string }
    | { type: 'fuzzy'; text: string }
    | { type: 'labels'; requirements: readonly LabelRequirement[] }
    /** `status:running`; `raw` is the term as written, for where it turns out that there is no such column. */
    | { type: 'field'; column: string; text: string; raw: string }
    | { type: 'compare'; column: string; operator: Comparison; value: string; raw: string }
    | { type: 'not'; term: FilterTerm }
  );

/** All terms must hold; none: everything matches. */
export interface Filter {
  terms: readonly FilterTerm[];
}

/** The terms, each negated one without what negates it. */
export function termsOf(filter: Filter): FilterTerm[] {
  return filter.terms.map(positive);
}

function positive(term: FilterTerm): FilterTerm {
  return term.type === 'not' ? positive(term.term) : term;
}
