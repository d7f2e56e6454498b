import type { ClusterAccess } from '@quarterdeck/cluster';
import { type ObjectRef, toAppError } from '@quarterdeck/contract';
import { type Incident, toIssue } from '@quarterdeck/diagnosis';
import { look } from '../cluster/diagnose-cluster.ts';

/** Lines at the end of the log of the pod that is looked at. */
const logLines = 5;

/** Why objects do not become what is waited for: the incident that they are part of, with its cause, and the last lines of the log of one pod in it. */
export async function whyItStalls(access: ClusterAccess, targets: readonly ObjectRef[], signal: AbortSignal): Promise<string[]> {
  const [first] = targets;
  if (first === undefined) return [];
  const { diagnosis } = await look(access, first.namespace === null ? {} : { namespace: first.namespace }, signal);
  const lines: string[] = [];
  for (const incident of diagnosis.incidents.filter((each) => targets.some((target) => concerns(each, target)))) {
    const { title, explanation, id } = toIssue(incident);
    lines.push(`${title}: ${explanation}`, `    \`qd plan ${id}\` says what to do.`);
    const pod = podOf(incident);
    if (pod !== null) lines.push(...(await lastLines(access, pod, signal)));
  }
  return lines;
}

function concerns(incident: Incident, { kind, namespace, name }: ObjectRef): boolean {
  const { cause, affected } = toIssue(incident);
  const all = [...(cause === null ? [] : [cause]), ...affected, ...incident.findings.map(({ object }) => object)];
  return all.some((object) => object.namespace === namespace && (object.kind === kind ? object.name === name : object.name.startsWith(`${name}-`)));
}

function podOf({ findings }: Incident): ObjectRef | null {
  return findings.map(({ object }) => object).find(({ kind }) => kind === 'Pod') ?? null;
}

async function lastLines(access: ClusterAccess, { namespace, name }: ObjectRef, signal: AbortSignal): Promise<string[]> {
  try {
    const { openLogs } = await import('@quarterdeck/cluster');
    const stream = await openLogs(
      access,
      { namespace: namespace ?? '', kind: 'Pod', name, follow: false, previous: false, containers: 'default', tail: logLines },
      { signal },
    );
    const lines: string[] = [];
    for await (const entries of stream) lines.push(...entries.filter(({ marker }) => marker === undefined).map(({ text }) => `    ${name}: ${text}`));
    return lines;
  } catch (thrown) {
    return [`    The log of ${name} can't be read: ${toAppError(thrown).message}`];
  }
}
