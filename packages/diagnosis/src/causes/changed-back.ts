import { defineRule } from '../model/rule.ts';
import { defineMechanism } from './explain.ts';

export type ChangedBackFacts = {
  /** What it writes: `Service web`. */
  target: string;
  fields: readonly string[];
  manager: string;
  /** ISO 8601. */
  at: string;
  run: string | null;
  schedule: string | null;
  /** Where it names the target. */
  path: string;
  /** What is wrong with the target. */
  why: string;
};

export const changedBack = defineMechanism<ChangedBackFacts>({
  id: 'changed-back',
  title: (facts, object) => `${object.kind} ${object.name} keeps setting ${facts.fields.join(', ')} of ${facts.target}`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} writes ${facts.fields.join(', ')} of ${facts.target}${facts.schedule === null ? '' : ` on its schedule ${facts.schedule}`} ` +
    `(last changed ${facts.at} as ${facts.manager}${facts.run === null ? '' : `, during Job ${facts.run}`}), so whoever mends it there has it back. ${facts.why}`,
});

/** Only declares the mechanism: which cause is kept by whom is seen once the causes are known. */
export const changedBackRule = defineRule({ id: 'changed-back', explains: [], mechanisms: [changedBack], explain: () => [] });
