import { type Advice, adviceSeverities, refKey, refLabel } from '@quarterdeck/contract';
import type { AdviceSearch } from '../../app/search.ts';

export interface AdviceGroup {
  key: string;
  title: string;
  severity: Advice['severity'];
  advice: readonly Advice[];
}

export interface AdviceSelection {
  groups: readonly AdviceGroup[];
  /** Of each severity, under the other filters. */
  counts: Readonly<Record<Advice['severity'], number>>;
  total: number;
}

/** What remains under the filters of the page, by check or by object; what may bite first, then what is said most often. */
export function selectAdvice(all: readonly Advice[], namespaces: readonly string[], { q = '', check, severity, group }: AdviceSearch): AdviceSelection {
  const words = q.toLowerCase().split(/\s+/);
  const matching = all.filter((one) => {
    const inScope = namespaces.length === 0 || (one.object.namespace !== null && namespaces.includes(one.object.namespace));
    const text = [one.check, one.title, refLabel(one.object), ...one.places.map(({ message }) => message)].join(' ').toLowerCase();
    return inScope && (check === undefined || one.check === check) && words.every((word) => text.includes(word));
  });
  const counts = { low: 0, info: 0 };
  for (const one of matching) counts[one.severity] += 1;
  const shown = matching.filter((one) => severity === undefined || one.severity === severity);
  const grouped = Map.groupBy(shown, (one) => (group === 'object' ? refKey(one.object) : one.check));
  const groups = [...grouped].flatMap(([key, advice]): AdviceGroup[] => {
    const [first] = advice;
    if (first === undefined) return [];
    const worst = adviceSeverities.find((each) => advice.some((one) => one.severity === each)) ?? 'info';
    return [{ key, title: group === 'object' ? refLabel(first.object) : first.title, severity: worst, advice }];
  });
  return { groups: groups.toSorted(heaviestFirst), counts, total: shown.length };
}

function heaviestFirst(a: AdviceGroup, b: AdviceGroup): number {
  const weight = adviceSeverities.indexOf(a.severity) - adviceSeverities.indexOf(b.severity);
  return weight || b.advice.length - a.advice.length || a.title.localeCompare(b.title);
}
