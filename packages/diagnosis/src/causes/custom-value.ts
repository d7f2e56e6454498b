import { refKey } from '@quarterdeck/contract';
import { type CustomValueFacts, customValueFails } from '../analysers/custom-value.ts';
import { customOwnerOf } from '../custom/children.ts';
import type { Explanation } from '../model/explanation.ts';
import type { Facts } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { customSymptoms } from './custom-resource.ts';
import { defineMechanism, endsAt, upstream } from './explain.ts';

const effect: Readonly<Record<CustomValueFacts['what'], string>> = {
  image: 'the image cannot be pulled',
  request: 'no node has that much room',
  nodeSelector: 'no node has that label',
};

export const customValueWrong = defineMechanism<CustomValueFacts>({
  id: 'custom-value-fails',
  title: ({ value, path }, object) => `${object.kind} ${object.name} asks for ${value} (${path})`,
  sentence: ({ path, value, what, pod }, object) =>
    `${object.kind} ${object.name} sets ${path} to ${value}, and its operator hands that on to pods such as ${pod}, which do not start: ${effect[what]}.`,
});

const symptoms: Readonly<Record<string, readonly CustomValueFacts['what'][]>> = {
  'container-image-pull': ['image'],
  'pod-unschedulable': ['request', 'nodeSelector'],
};

/** The value that stops a pod stands in the custom resource above it. */
export const customValueRule = defineRule({
  id: 'custom-value',
  explains: [customValueFails.code, ...Object.keys(symptoms), ...customSymptoms],
  mechanisms: [customValueWrong],
  *explain(finding, view): Iterable<Explanation> {
    if (finding.code === customValueFails.code) {
      if (isValueFacts(finding.facts))
        yield endsAt({
          rule: 'custom-value',
          finding,
          mechanism: customValueWrong,
          object: finding.object,
          facts: finding.facts,
          strength: 'certain',
          evidence: finding.evidence,
        });
      return;
    }
    const expected = symptoms[finding.code];
    const found = expected === undefined ? { owner: finding.object, via: null } : customOwnerOf(finding.object, view);
    if (found === null) return;
    for (const cause of view.findingsOn(found.owner, customValueFails.code)) {
      const { facts } = cause;
      if (!isValueFacts(facts) || (expected !== undefined && !expected.includes(facts.what))) continue;
      const strength = expected === undefined || refKey(found.owner) === refKey(finding.object) ? 'likely' : 'certain';
      yield upstream(finding, cause, { rule: 'custom-value', strength, via: found.via });
    }
  },
});

function isValueFacts(facts: Facts): facts is CustomValueFacts {
  return (
    typeof facts.path === 'string' &&
    typeof facts.value === 'string' &&
    typeof facts.pod === 'string' &&
    (facts.what === 'image' || facts.what === 'request' || facts.what === 'nodeSelector')
  );
}
