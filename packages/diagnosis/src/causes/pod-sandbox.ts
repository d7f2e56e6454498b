import { type ObjectRef, refKey, refTo } from '@quarterdeck/contract';
import { containerNotStarting } from '../analysers/container-waiting.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { fieldEvidence } from '../pods/evidence.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, stringFact } from './explain.ts';

const id = 'pod-sandbox';

export type SandboxFacts = { message: string; workloads: number };

export const addressesUsedUp = defineMechanism<SandboxFacts>({
  id: 'pod-addresses-used-up',
  title: (_facts, object) => `Node ${object.name} has no address left for pods`,
  sentence: (facts, object) => `Pods on node ${object.name} cannot start: its network plug-in has no free address to give (${facts.message}).`,
});

export const sandboxFails = defineMechanism<SandboxFacts>({
  id: 'pod-sandbox-fails',
  title: (_facts, object) => `Node ${object.name} cannot set up new pods`,
  sentence: (facts, object) =>
    `Node ${object.name} cannot set up the network or the sandbox of new pods${facts.workloads > 1 ? ` of ${facts.workloads} workloads` : ''}: ${facts.message}.`,
});

export type HandlerFacts = { class: string; handler: string; workload: string };

export const runtimeHandlerMissing = defineMechanism<HandlerFacts>({
  id: 'runtime-handler-missing',
  title: (facts) => `No node runtime is called ${facts.handler}, which RuntimeClass ${facts.class} asks for`,
  sentence: (facts) =>
    `Pods of ${facts.workload} cannot start: RuntimeClass ${facts.class} asks for the runtime handler ${facts.handler}, which the container runtime of the node does not have.`,
});

const noAddress =
  /failed to (?:assign|allocate)[^:]* (?:an )?IP|no (?:available|free) IPs?|no IP addresses available|Assigned 0 out of|IP pool .*exhausted|range is full/i;
const noHandler = /no runtime for "(?<handler>[^"]+)" is configured|RuntimeHandler "(?<other>[^"]+)" not supported/;
const failing = new Set(['FailedCreatePodSandBox', 'NetworkNotReady']);

/** A pod that gets no sandbox: the ground that it stands on, unless it alone asks for a runtime that is not there. */
export const podSandboxRule = defineRule({
  id,
  explains: [containerNotStarting.code],
  mechanisms: [addressesUsedUp, sandboxFails, runtimeHandlerMissing],
  *explain(finding, view): Iterable<Explanation> {
    const pod = view.get('Pod', finding.object.namespace, finding.object.name);
    const node = pod?.spec?.nodeName;
    if (!isSandbox(finding) || node === undefined) return;
    const message = (stringFact(finding.facts, 'message') ?? '').replace(/[.\s]+$/, '');
    const handler = noHandler.exec(message)?.groups;
    const runtimeClass = pod?.spec?.runtimeClassName;
    if (handler !== undefined && runtimeClass !== undefined) {
      yield withoutHandler(finding, handler.handler ?? handler.other ?? '', runtimeClass, view);
      return;
    }
    const via = view.outgoing(finding.object, 'runsOn')[0] ?? null;
    const workloads = workloadsOn(node, view);
    const isShared = workloads > 1;
    const mechanism = noAddress.test(message) ? addressesUsedUp : sandboxFails;
    const strength = mechanism === addressesUsedUp || isShared ? 'likely' : 'possible';
    yield endsAt({ rule: id, finding, mechanism, object: refTo('Node', null, node), facts: { message, workloads }, strength, via, evidence: finding.evidence });
  },
});

function isSandbox(finding: IdentifiedFinding): boolean {
  return failing.has(stringFact(finding.facts, 'reason') ?? '');
}

/** How many unrelated workloads fail so on a node. */
function workloadsOn(node: string, view: RuleView): number {
  const owners = view.findingsOf(containerNotStarting.code).flatMap((other) => {
    const pod = isSandbox(other) ? view.get('Pod', other.object.namespace, other.object.name) : undefined;
    return pod?.spec?.nodeName === node ? [refKey(view.topOwner(other.object))] : [];
  });
  return new Set(owners).size;
}

function withoutHandler(finding: IdentifiedFinding, handler: string, runtimeClass: string, view: RuleView): Explanation {
  const object: ObjectRef = refTo('RuntimeClass', null, runtimeClass);
  const owner = view.topOwner(finding.object);
  const facts: HandlerFacts = { class: runtimeClass, handler, workload: `${owner.kind} ${owner.name}` };
  const evidence = [fieldEvidence(object, 'handler', handler, { decisive: true }), ...finding.evidence];
  return endsAt({ rule: id, finding, mechanism: runtimeHandlerMissing, object, facts, strength: 'certain', evidence });
}
