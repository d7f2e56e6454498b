import { type ObjectRef, refTo } from '@quarterdeck/contract';
import { accountOf, bindingsOf, roleNearness, roleOf } from '../access/grants.ts';
import { parseRefusal } from '../admission/refusal.ts';
import { forbidden } from '../custom/forbidden.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import type { RuleView } from '../view/rule-view.ts';
import { customVerdicts } from './custom-resource.ts';
import { defineMechanism, endsAt, stringFact, upstream } from './explain.ts';

export type ForbiddenFacts = { resource: string; account: string; verb: string; asked: string };

export const operatorForbidden = defineMechanism<ForbiddenFacts>({
  id: 'operator-forbidden',
  title: ({ account, verb, asked }) => `Operator ${account} may not ${verb} ${asked}`,
  sentence: ({ resource, account, verb, asked }, object) =>
    `${resource} is not ready because its operator, ServiceAccount ${account}, may not ${verb} ${asked}${object.kind === 'ServiceAccount' ? ': no role that it is bound to allows it' : `: ${object.kind} ${object.name} does not allow it`}.`,
});

export type QuotaFacts = { resource: string; quota: string; message: string };

export const customQuotaExceeded = defineMechanism<QuotaFacts>({
  id: 'custom-quota-exceeded',
  title: ({ quota }) => `ResourceQuota ${quota} is used up`,
  sentence: ({ resource, quota, message }) => `${resource} is not ready because what it needs is beyond ResourceQuota ${quota}: ${message}.`,
});

/** The API server refused what an operator tried; the operator hands its words on. */
export const customRefusalRule = defineRule({
  id: 'custom-refusal',
  explains: customVerdicts,
  mechanisms: [operatorForbidden, customQuotaExceeded],
  *explain(finding, view): Iterable<Explanation> {
    const message = stringFact(finding.facts, 'message') ?? '';
    yield* lackingRights(finding, message, view);
    const refusal = parseRefusal(message);
    if (refusal?.kind === 'webhook-call') {
      const causes = view.findingsOf('webhook-unavailable').concat(view.findingsOf('webhook-backend-missing'), view.findingsOf('webhook-port-missing'));
      for (const cause of causes) if (cause.facts.webhook === refusal.webhook) yield upstream(finding, cause, { rule: 'custom-refusal', strength: 'certain' });
    }
    const namespace = finding.object.namespace;
    if (refusal?.kind !== 'quota-exceeded' || namespace === null) return;
    const object = refTo('ResourceQuota', namespace, refusal.quota);
    if (view.find(object) === undefined) return;
    const facts: QuotaFacts = { resource: labelOf(finding), quota: refusal.quota, message: message.slice(message.indexOf('exceeded quota')) };
    yield endsAt({ rule: 'custom-refusal', finding, mechanism: customQuotaExceeded, object, facts, strength: 'certain', evidence: finding.evidence });
  },
});

function labelOf({ object }: IdentifiedFinding): string {
  return `${object.kind} ${object.name}`;
}

function* lackingRights(finding: IdentifiedFinding, message: string, view: RuleView): Iterable<Explanation> {
  const { user = '', verb = '', resource = '', group = '', namespace } = forbidden.exec(message)?.groups ?? {};
  const account = accountOf(user);
  if (account === null) return;
  const asked = `${resource}${group === '' ? '' : `.${group}`}${namespace === undefined ? ' across the cluster' : ` in namespace ${namespace}`}`;
  const facts: ForbiddenFacts = { resource: labelOf(finding), account: `${account.namespace}/${account.name}`, verb, asked };
  const object =
    nearestRole(account, { verb, resource, group, namespace: namespace ?? null }, view) ?? refTo('ServiceAccount', account.namespace, account.name);
  yield endsAt({ rule: 'custom-refusal', finding, mechanism: operatorForbidden, object, facts, strength: 'certain', evidence: finding.evidence });
}

function nearestRole(
  account: { namespace: string; name: string },
  request: { verb: string; resource: string; group: string; namespace: string | null },
  view: RuleView,
): ObjectRef | null {
  const roles = bindingsOf(account, view).flatMap((binding) => {
    const found = roleOf(binding, view);
    return found?.role === undefined ? [] : [{ ref: found.ref, nearness: roleNearness(found.role, request) }];
  });
  const [nearest] = roles.toSorted((a, b) => b.nearness - a.nearness || (a.ref.name < b.ref.name ? -1 : 1));
  return nearest === undefined || nearest.nearness === 0 ? null : nearest.ref;
}
