import type { Container } from 'kubernetes-types/core/v1.js';
import { factsOf } from '../logs/log-fact.ts';
import { readText } from '../logs/read-log.ts';
import type { Mechanism, Strength } from '../model/explanation.ts';
import { type ProbeName, type ProbeTarget, probeOf } from '../pods/probe-target.ts';
import { type RolloutFacts, rolloutClause } from '../pods/workload.ts';
import { defineMechanism } from './explain.ts';

export type ProbeFacts = RolloutFacts & {
  container: string;
  probe: string;
  form: string;
  port: number | null;
  portName: string | null;
  path: string | null;
  listens: number | null;
  witness: string | null;
  output: string;
};

/** `value` is what the probe says, `right` what it should say where that is known. */
export type OddProbeFacts = ProbeFacts & { value: string; right: string | null };

function mechanism(id: string, title: (facts: OddProbeFacts) => string, sentence: (facts: OddProbeFacts) => string): Mechanism<OddProbeFacts> {
  return defineMechanism<OddProbeFacts>({
    id,
    title,
    sentence: (facts, object) =>
      `The ${facts.probe} probe of container ${facts.container} in ${object.kind} ${object.name} ${sentence(facts)}.${rolloutClause(facts)}`,
  });
}

export const probeWrongScheme = mechanism(
  'probe-wrong-scheme',
  (facts) => `The ${facts.probe} probe speaks ${facts.value}, and the program ${facts.right}`,
  (facts) => `asks port ${facts.port} with scheme ${facts.value}, but the program speaks ${facts.right} there: ${facts.output}`,
);
export const probeWrongHost = mechanism(
  'probe-wrong-host',
  (facts) => `The ${facts.probe} probe asks host ${facts.value} instead of the pod`,
  (facts) =>
    `sets host ${facts.value} and so asks another machine than its own pod (the kubelet asks the pod's address where host is left out): ${facts.output}`,
);
export const probeNeedsLogin = mechanism(
  'probe-needs-login',
  (facts) => `The ${facts.probe} probe is refused at ${facts.path} (status ${facts.value})`,
  (facts) => `asks for ${facts.path} on port ${facts.port}, and the program answers with status ${facts.value}: it wants a login that the probe does not send`,
);
export const probeTooShort = mechanism(
  'probe-timeout-too-short',
  (facts) => `The ${facts.probe} probe waits ${facts.value} s for an answer`,
  (facts) =>
    `waits ${facts.value} s (timeoutSeconds) for each answer, and the program accepts the request but takes longer: ${facts.output}. Either the timeout is too short, or the program hangs`,
);
export const probeGrpcUnsupported = mechanism(
  'probe-grpc-unsupported',
  (facts) => `The program does not answer gRPC health checks${facts.value === '' ? '' : ` for ${facts.value}`}`,
  (facts) =>
    `asks the gRPC health service on port ${facts.port}${facts.value === '' ? '' : ` for service ${facts.value}`}, which the program does not serve: ${facts.output}`,
);
export const probeCommandMissing = mechanism(
  'probe-wrong-command',
  () => 'The command of the probe cannot run',
  (facts) => `runs ${facts.value}, which is not in the image: ${facts.output}`,
);

export const oddProbeMechanisms = [probeWrongScheme, probeWrongHost, probeNeedsLogin, probeTooShort, probeGrpcUnsupported, probeCommandMissing];

export interface OddRequest {
  mechanism: Mechanism<OddProbeFacts>;
  value: string;
  right: string | null;
  strength: Strength;
  /** The field that says so, inside the probe. */
  field: string;
}

export interface AskedProbe {
  container: Container;
  name: ProbeName;
  target: ProbeTarget;
  output: string;
  hostNetwork: boolean;
}

/** What is odd about a probe's request, by how it fails; null where nothing is. */
export function oddRequest({ container, name, target, output, hostNetwork }: AskedProbe): OddRequest | null {
  const probe = probeOf(container, name);
  const host = probe?.httpGet?.host ?? probe?.tcpSocket?.host;
  const isNode = hostNetwork && (host === 'localhost' || host?.startsWith('127.') === true);
  if (host !== undefined && host !== '' && !isNode)
    return { mechanism: probeWrongHost, value: host, right: null, strength: 'certain', field: `${target.form}.host` };
  return wrongScheme(container, name, target, output) ?? wrongAnswer(target, output) ?? missingCommand(target, output) ?? tooSlow(container, name, output);
}

function wrongScheme(container: Container, name: ProbeName, target: ProbeTarget, output: string): OddRequest | null {
  if (target.form !== 'httpGet') return null;
  const scheme = probeOf(container, name)?.httpGet?.scheme ?? 'HTTP';
  const odd = (right: string, strength: Strength): OddRequest => ({ mechanism: probeWrongScheme, value: scheme, right, strength, field: 'httpGet.scheme' });
  if (scheme === 'HTTPS' && /gave HTTP response to HTTPS client|first record does not look like a TLS handshake|wrong version number/i.test(output))
    return odd('HTTP', 'certain');
  if (scheme === 'HTTP' && /malformed HTTP response "?\\?x15\\?x03|malformed HTTP response/i.test(output)) return odd('HTTPS', 'certain');
  const looksLikeTls = target.port === 443 || target.port === 8443 || /https|tls/i.test(target.portName ?? portNameOf(container, target.port));
  return scheme === 'HTTP' && looksLikeTls && /statuscode: 400|: EOF$|connection reset/i.test(output) ? odd('HTTPS', 'likely') : null;
}

function portNameOf(container: Container, port: number | null): string {
  return container.ports?.find(({ containerPort }) => containerPort === port)?.name ?? '';
}

function wrongAnswer(target: ProbeTarget, output: string): OddRequest | null {
  const status = /statuscode: (401|403)/.exec(output)?.[1];
  if (status !== undefined) return { mechanism: probeNeedsLogin, value: status, right: null, strength: 'certain', field: 'httpGet.path' };
  const unsupported = /does not implement the grpc health protocol|unknown service grpc\.health|Unimplemented|NOT_FOUND|unknown service/i.test(output);
  return target.form === 'grpc' && unsupported
    ? { mechanism: probeGrpcUnsupported, value: target.service ?? '', right: null, strength: 'certain', field: 'grpc' }
    : null;
}

/** The runtime finds no such program, or the shell that runs the command does not. */
function missingCommand(target: ProbeTarget, output: string): OddRequest | null {
  if (target.form !== 'exec') return null;
  const [fact] = factsOf(readText(output.replace(/^\w+ probe (?:failed|errored)[^:]*: /i, '')), 'command-missing');
  const absent = /executable file not found|not found in \$PATH/i.test(output);
  const command = fact?.claim.command ?? (absent ? (/exec: \\?"([^"\\]+)/.exec(output)?.[1] ?? target.command[0]) : undefined);
  return command === undefined ? null : { mechanism: probeCommandMissing, value: command, right: null, strength: 'certain', field: 'exec.command' };
}

const shortSeconds = 5;

function tooSlow(container: Container, name: ProbeName, output: string): OddRequest | null {
  const slow = /Client\.Timeout exceeded|timed? ?out|deadline exceeded/i.test(output) && !/dial tcp [^:]+:\d+: (?:i\/o timeout|connect)/i.test(output);
  const seconds = probeOf(container, name)?.timeoutSeconds ?? 1;
  if (!slow) return null;
  return { mechanism: probeTooShort, value: String(seconds), right: null, strength: seconds <= shortSeconds ? 'likely' : 'possible', field: 'timeoutSeconds' };
}
