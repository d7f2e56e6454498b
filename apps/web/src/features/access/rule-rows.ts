import type { AccessRules } from '@quarterdeck/contract';
import { commonVerbs } from './access-question.ts';

export interface RuleRow {
  /** `pods/log`, `deployments.apps`, `*`. */
  resource: string;
  /** The objects that it is for; empty for all. */
  names: readonly string[];
  /** Which of the common verbs are allowed, in their order. */
  common: readonly boolean[];
  others: readonly string[];
}

/** One row a resource, with all that several rules allow of it; what allows everything stands first. */
export function ruleRows(rules: AccessRules['rules']): RuleRow[] {
  const byResource = new Map<string, { resource: string; names: readonly string[]; verbs: Set<string> }>();
  for (const { verbs, groups, resources, names } of rules) {
    for (const group of groups) {
      for (const plural of resources) {
        const resource = writtenResource(plural, group);
        const key = `${resource} ${names.join()}`;
        const row = byResource.get(key) ?? { resource, names, verbs: new Set<string>() };
        for (const verb of verbs) row.verbs.add(verb);
        byResource.set(key, row);
      }
    }
  }
  return [...byResource.values()].map(toRow).toSorted(byResourceName);
}

function writtenResource(plural: string, group: string): string {
  if (group === '' || (group === '*' && plural === '*')) return plural;
  const [name = '', ...subresource] = plural.split('/');
  return [`${name}.${group}`, ...subresource].join('/');
}

function toRow({ resource, names, verbs }: { resource: string; names: readonly string[]; verbs: ReadonlySet<string> }): RuleRow {
  const all = verbs.has('*');
  const others = [...verbs].filter((verb) => verb !== '*' && !commonVerbs.some((common) => common === verb));
  return { resource, names, common: commonVerbs.map((verb) => all || verbs.has(verb)), others: all ? ['*'] : others.toSorted() };
}

function byResourceName(a: RuleRow, b: RuleRow): number {
  return Number(b.resource.startsWith('*')) - Number(a.resource.startsWith('*')) || a.resource.localeCompare(b.resource);
}
