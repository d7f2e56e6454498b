import { type ObjectRef, refOf } from '@quarterdeck/contract';
import { type CustomCondition, conditionsOf } from '../custom/conditions.ts';
import { listAt, textAt } from '../custom/fields.ts';
import { type CustomResource, defineCode, defineCustomAnalyser } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { absenceEvidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { gatewayGroup, isGatewayKind, listenersOf } from '../routing/gateway-api.ts';
import { isGranted } from '../routing/reference-grant.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { conditionEvidence } from './custom-resource.ts';

export type GatewayConditionFacts = { condition: string; reason: string; message: string; listener: string | null };

export const gatewayClassNotAccepted = defineCode<GatewayConditionFacts>({
  code: 'gateway-class-not-accepted',
  title: 'GatewayClass is not accepted',
  documentation:
    'The condition Accepted of the GatewayClass is not True. False: its controller refuses it, with a reason (most often its parameters). Unknown for minutes: no controller of that name runs. Gateways of the class route nothing.',
  silentWhen: 'It waits for its controller and no Gateway uses it.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ reason, message }) => `Not accepted${reason === '' ? '' : ` (${reason})`}${message === '' ? '' : `: ${message}`}`,
});

export type GatewayClassMissingFacts = { class: string; existing: readonly string[]; meant: string | null };

export const gatewayClassMissing = defineCode<GatewayClassMissingFacts>({
  code: 'gateway-class-missing',
  title: 'Gateway names a class that does not exist',
  documentation:
    'The GatewayClass that the Gateway names does not exist, so no controller picks the Gateway up: it gets no address and its routes lead nowhere.',
  silentWhen: 'GatewayClasses cannot be read.',
  opensAfterSeconds: 10,
  closesAfterSeconds: 10,
  message: ({ class: name }) => `GatewayClass ${name} does not exist.`,
});

export type GatewayCertificateFacts = { secret: string; namespace: string; problem: 'missing' | 'not-granted'; path: string; meant: string | null };

export const gatewayCertificateUnusable = defineCode<GatewayCertificateFacts>({
  code: 'gateway-certificate-unusable',
  title: 'Gateway cannot use the certificate of a listener',
  documentation:
    'A listener of the Gateway takes its certificate from a Secret that does not exist, or from one in another namespace that no ReferenceGrant opens to it. The listener is not served.',
  silentWhen: 'Secrets or grants of that namespace cannot be read.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ secret, problem }) => (problem === 'missing' ? `Secret ${secret} does not exist.` : `No ReferenceGrant opens Secret ${secret} to it.`),
});

export const gatewayNotProgrammed = defineCode<GatewayConditionFacts>({
  code: 'gateway-not-programmed',
  title: 'Gateway or one of its listeners does not work',
  documentation:
    'The controller of the Gateway says in a condition that the Gateway or a listener is not accepted, not programmed, in conflict with another, or refers to something that it cannot use. Reason and message are its own words.',
  silentWhen: 'The condition is Unknown, or younger than the time that a load balancer takes.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ listener, condition, reason, message }) =>
    `${listener === null ? '' : `Listener ${listener}: `}${condition} (${reason})${message === '' ? '' : `: ${message}`}`,
});

function conditionFacts({ type, status, reason, message }: CustomCondition, listener: string | null): GatewayConditionFacts {
  return { condition: `${type} is ${status}`, reason, message, listener };
}

const controllerPatienceMs = 120_000;

export const gatewayClassAnalyser = defineCustomAnalyser({
  id: 'gateway-class',
  matches: (kind) => isGatewayKind(kind, 'GatewayClass'),
  reads: [],
  codes: [gatewayClassNotAccepted],
  *analyse(object, view) {
    const accepted = conditionsOf(object).find(({ type }) => type === 'Accepted');
    if (accepted?.status === 'True' || object.metadata.deletionTimestamp !== undefined) return;
    const ref = refOf(object);
    const used = view.incoming(ref, 'classes');
    if (accepted?.status !== 'False') {
      const created = timeOf(object.metadata.creationTimestamp) ?? 0;
      if (used.length === 0 || !view.passed(created + controllerPatienceMs)) return;
    }
    const controller = textAt(object, 'spec', 'controllerName') ?? '';
    const waiting = {
      type: 'Accepted',
      status: 'Unknown',
      reason: 'Pending',
      message: `no controller ${controller} has looked at it`,
      changedAt: null,
      observedGeneration: null,
    };
    const condition = accepted?.status === 'False' ? accepted : waiting;
    yield {
      code: gatewayClassNotAccepted.code,
      object: ref,
      discriminator: '',
      severity: used.length === 0 ? 'low' : 'high',
      since: accepted?.changedAt ?? null,
      concerns: used.map(({ from }) => from),
      facts: conditionFacts(condition, null),
      evidence: [conditionEvidence(ref, condition), fieldEvidence(ref, 'spec.controllerName', controller)],
    };
  },
});

export const gatewayAnalyser = defineCustomAnalyser({
  id: 'gateway',
  matches: (kind) => isGatewayKind(kind, 'Gateway'),
  reads: ['Secret'],
  codes: [gatewayClassMissing, gatewayCertificateUnusable, gatewayNotProgrammed],
  *analyse(object, view) {
    if (object.metadata.deletionTimestamp !== undefined) return;
    yield* missingClass(object, view);
    yield* certificates(object, view);
    yield* refusals(object);
  },
});

function* missingClass(object: CustomResource, view: ClusterView): Iterable<RawFinding<GatewayClassMissingFacts>> {
  const ref = refOf(object);
  const [edge] = view.outgoing(ref, 'classes');
  if (edge === undefined || !view.isMissing(edge.to)) return;
  const existing = view.listCustom(gatewayGroup, 'GatewayClass').map(({ metadata }) => metadata.name);
  const only = existing.length === 1 ? (existing[0] ?? null) : null;
  yield {
    code: gatewayClassMissing.code,
    object: ref,
    discriminator: '',
    severity: 'high',
    since: null,
    facts: { class: edge.to.name, existing, meant: nearMiss(edge.to.name, existing) ?? only },
    evidence: [
      fieldEvidence(ref, edge.path, edge.to.name, { decisive: true }),
      absenceEvidence(edge.to, existing.length === 0 ? 'No GatewayClass exists' : `Existing GatewayClasses: ${existing.join(', ')}`),
    ],
  };
}

function* certificates(object: CustomResource, view: ClusterView): Iterable<RawFinding<GatewayCertificateFacts>> {
  const ref = refOf(object);
  for (const { secret, path } of listenersOf(object).flatMap((listener) => listener.certificates)) {
    const missing = view.isMissing(secret);
    if (!missing && isGranted(ref, secret, view)) continue;
    const names = view.list('Secret', secret.namespace ?? '').flatMap(({ type, metadata }) => (type === 'kubernetes.io/tls' ? [metadata.name] : []));
    const problem = missing ? 'missing' : 'not-granted';
    yield {
      code: gatewayCertificateUnusable.code,
      object: ref,
      discriminator: path,
      severity: 'medium',
      since: null,
      facts: { secret: secret.name, namespace: secret.namespace ?? '', problem, path, meant: missing ? nearMiss(secret.name, names) : null },
      evidence: [
        fieldEvidence(ref, path, secret.name, { decisive: true }),
        absenceEvidence(
          secret,
          missing
            ? `Secret ${secret.name} does not exist in ${secret.namespace}`
            : `No ReferenceGrant in ${secret.namespace} opens it to Gateways of ${ref.namespace}`,
        ),
      ],
    };
  }
}

/** True is well for most; these are well when False. */
const negative: readonly string[] = ['Conflicted', 'Detached', 'OverlappingTLSConfig'];
const judged: readonly string[] = ['Accepted', 'Programmed', 'ResolvedRefs', 'Conflicted', 'Detached'];

function isWrong({ type, status, observedGeneration }: CustomCondition, object: CustomResource): boolean {
  const current = observedGeneration === null || observedGeneration >= (object.metadata.generation ?? 0);
  return current && judged.includes(type) && status === (negative.includes(type) ? 'True' : 'False');
}

/** What decides most first: a listener that is in conflict is not programmed either. */
function worst(conditions: readonly CustomCondition[], object: CustomResource): CustomCondition | undefined {
  const wrong = conditions.filter((condition) => isWrong(condition, object));
  return ['Conflicted', 'ResolvedRefs', 'Accepted', 'Detached', 'Programmed'].flatMap((type) => wrong.find((condition) => condition.type === type) ?? [])[0];
}

function* refusals(object: CustomResource): Iterable<RawFinding<GatewayConditionFacts>> {
  const ref = refOf(object);
  const listeners = listAt(object, 'status', 'listeners').map((raw) => ({ name: textAt(raw, 'name'), conditions: conditionsOf({ ...object, status: raw }) }));
  const wrong = listeners.flatMap(({ name, conditions }) => {
    const condition = worst(conditions, object);
    return condition === undefined ? [] : [{ name, condition }];
  });
  const own = worst(conditionsOf(object), object);
  for (const { name, condition } of wrong) yield refusal(ref, condition, name);
  if (own !== undefined && wrong.length === 0) yield refusal(ref, own, null);
}

function refusal(object: ObjectRef, condition: CustomCondition, listener: string | null): RawFinding<GatewayConditionFacts> {
  return {
    code: gatewayNotProgrammed.code,
    object,
    discriminator: listener ?? '',
    severity: 'medium',
    since: condition.changedAt,
    facts: conditionFacts(condition, listener),
    evidence: [conditionEvidence(object, condition)],
  };
}
