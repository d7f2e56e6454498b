import type { Evidence } from '@quarterdeck/contract';
import type { LogFact, LogKind } from '../logs/log-fact.ts';
import type { ContainerLog } from './container-log.ts';
import { evidence, logEvidence } from './evidence.ts';
import { podRef } from './workload.ts';

/** From what explains most to what merely accompanies; `listening` tells nothing about a failure. */
const order: readonly LogKind[] = [
  'config-syntax',
  'env-missing',
  'command-missing',
  'argument-invalid',
  'module-missing',
  'exec-format',
  'auth-failed',
  'protocol-mismatch',
  'tls-verify',
  'forbidden',
  'schema',
  'replica-write',
  'root-refused',
  'poison-message',
  'connect-failed',
  'waiting-for',
  'address-in-use',
  'bind-denied',
  'bind-unavailable',
  'out-of-memory',
  'exhausted',
  'disk-full',
  'read-only',
  'permission-denied',
  'file-missing',
  'exception',
  'lease-lost',
];

/** The facts of a log that may explain a failure, the most telling first. */
export function tellingFacts(facts: readonly LogFact[]): LogFact[] {
  const telling = facts.filter((fact) => order.includes(fact.claim.kind));
  return telling.toSorted((a, b) => Number(a.handled) - Number(b.handled) || order.indexOf(a.claim.kind) - order.indexOf(b.claim.kind));
}

/** What a finding shows of a log: its two most telling lines, or its last one. */
export function tellingEvidence(log: ContainerLog | null): Evidence[] {
  if (log === null) return [];
  const object = podRef(log.pod);
  const facts = tellingFacts(log.reading.facts).slice(0, 2);
  if (facts.length > 0) return [...facts.map((fact) => logEvidence(object, log.container, fact)), ...changeBefore(facts, log)];
  const { lastLine, lastAt } = log.reading;
  return lastLine === null ? [] : [evidence({ source: 'log', object, container: log.container, text: lastLine, value: lastLine, at: lastAt })];
}

/** What the program said of a change to itself before it began to fail. */
export function changeBefore(facts: readonly LogFact[], { pod, container }: Pick<ContainerLog, 'pod' | 'container'>): Evidence[] {
  const line = facts.find(({ before }) => before !== null)?.before ?? null;
  return line === null ? [] : [evidence({ source: 'log', object: podRef(pod), container, text: `Before the first failure: ${line}`, value: line })];
}

/** The line that a message about the failure quotes; null where the log says nothing. */
export function tellingLine(log: ContainerLog | null): string | null {
  return log === null ? null : (tellingFacts(log.reading.facts)[0]?.line ?? log.reading.lastLine);
}
