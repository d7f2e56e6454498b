import type { BindingFacts } from '../analysers/role-binding.ts';
import type { Mechanism } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { ending } from './explain.ts';

const dangling: Mechanism<BindingFacts> = {
  id: 'role-binding-dangling',
  title: (facts, object) => `${object.kind} ${object.name} refers to ${facts.missing}, which does not exist`,
  sentence: (facts, object) => `${object.kind} ${object.name} names ${facts.missing} (${facts.path}), which does not exist, so it grants nothing.`,
};

export const roleBindingRule = defineRule({
  id: 'role-binding',
  explains: ['role-binding-dangling'],
  mechanisms: [dangling],
  *explain(finding) {
    const facts: BindingFacts = { missing: String(finding.facts.missing), path: String(finding.facts.path) };
    yield ending(finding, { object: finding.object, mechanism: dangling.id, facts }, { rule: 'role-binding', strength: 'likely', evidence: finding.evidence });
  },
});
