import type { ObjectRef } from '@quarterdeck/contract';
import { numberFact, stringFact } from '../../causes/explain.ts';
import { escaped } from '../../graph/hosts/host-places.ts';
import { defineRemedy, type RemedyStep } from '../../model/remedy.ts';
import { workloadAt } from '../../pods/workload.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { patchStep, proposal } from './step.ts';
import { placeNaming, textAt, textSteps } from './text-step.ts';

/** Takes off the second of two variables of one name, so that the first one is in force again. */
export function unshadowStep(cause: ObjectRef, path: string, variable: string, view: ClusterView): RemedyStep | null {
  const index = Number(/\.env\[(\d+)\]$/.exec(path)?.[1] ?? Number.NaN);
  const workload = workloadAt(cause, view);
  const list = /\.(initContainers|containers)\[(\d+)\]\.env/.exec(path);
  const containers = list?.[1] === 'initContainers' ? workload?.spec.initContainers : workload?.spec.containers;
  const entry = containers?.[Number(list?.[2])]?.env?.[index];
  if (entry === undefined || entry.name !== variable || cause.kind === 'Job') return null;
  const change = { ref: cause, description: `Take off the second ${variable}, so that the first one is in force` };
  return patchStep(change, [{ op: 'remove', path }], [{ op: 'add', path, value: entry }]);
}

/** A value, not a whole file in which other things may be local. */
const shortText = 200;

/** Calls the Service that offers the port instead of the pod itself. */
export const localCallRemedy = defineRemedy({
  mechanisms: ['calls-its-own-pod'],
  propose({ cause, facts }, view) {
    const [path, variable, meant, host] = ['path', 'variable', 'meant', 'host'].map((name) => stringFact(facts, name));
    const port = numberFact(facts, 'port');
    const missing = [
      `Where ${stringFact(facts, 'workload')} should find what it looks for at ${host}:${port}; no single Service of its namespace offers that port.`,
    ];
    if (typeof facts.shadowed === 'string' && path && variable) {
      const step = unshadowStep(cause, path, variable, view);
      if (step !== null)
        return proposal(`Let ${variable} be ${facts.shadowed}, as it is set first.`, [step], { assumptions: ['The first value is the right one.'] });
    }
    if (!path || !meant || !host || cause.kind === 'Job') return { missing };
    const [place] = [host, 'localhost', '127.0.0.1'].flatMap((name) => placeNaming(name, cause, path, view) ?? []);
    if (place === undefined) return { missing };
    const old = place.text;
    const local = new RegExp(`(?<![\\w.-])(?:${[host, 'localhost', '127.0.0.1'].map(escaped).join('|')})(?![\\w-]|\\.\\w)`, 'gi');
    const withPort = old.replaceAll(new RegExp(`${local.source}(?=["']?[:,]\\s*${port}\\b)`, 'gi'), meant);
    const right = withPort === old && old.length < shortText ? old.replaceAll(local, meant) : withPort;
    if (right === old) return { missing };
    return proposal(`Call Service ${meant} instead of ${host}.`, textSteps(cause, place.path, { old, right }, `Call ${meant} instead of ${host}`, view), {
      assumptions: [`Service ${meant}, which offers port ${port}, is what was meant.`],
    });
  },
});

/** Writes the domain that the cluster's names really end with. */
export const clusterDomainRemedy = defineRemedy({
  mechanisms: ['cluster-domain-wrong'],
  propose({ cause, facts }, view) {
    const [path, host, meant] = [stringFact(facts, 'path'), stringFact(facts, 'host') ?? '', stringFact(facts, 'meant') ?? ''];
    const place = path === null || cause.kind === 'Job' ? null : placeNaming(host, cause, path, view);
    const right = place?.text.replaceAll(new RegExp(escaped(host), 'gi'), meant);
    if (place === null || right === undefined || right === place.text) return { missing: [`The place that names ${host}: it should be ${meant}.`] };
    return proposal(
      `Call ${meant}: names of this cluster end with svc.${stringFact(facts, 'domain')}.`,
      textSteps(cause, place.path, { old: place.text, right }, `Call ${meant} instead of ${host}`, view),
    );
  },
});

const withTemplate = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob']);

/** Lets the pods ask the cluster's DNS. */
export const dnsPolicyRemedy = defineRemedy({
  mechanisms: ['pod-dns-policy'],
  propose({ cause, facts }, view) {
    const [path, policy, meant] = [stringFact(facts, 'path') ?? '', stringFact(facts, 'policy') ?? '', stringFact(facts, 'meant') ?? ''];
    const config = workloadAt(cause, view)?.spec.dnsConfig;
    if (!withTemplate.has(cause.kind)) return { missing: [`A new ${cause.kind} with dnsPolicy ${meant}: this one cannot be changed in place.`] };
    const configPath = path.replace(/dnsPolicy$/, 'dnsConfig');
    const own = config !== undefined && policy === 'None';
    const step = patchStep(
      { ref: cause, description: `Set dnsPolicy ${meant}${own ? ' and drop the own dnsConfig' : ''}` },
      [{ op: 'add', path, value: meant }, ...(own ? [{ op: 'remove' as const, path: configPath }] : [])],
      [...(own ? [{ op: 'add' as const, path: configPath, value: config }] : []), { op: 'replace', path, value: policy }],
    );
    return proposal(`Let the pods of ${cause.kind} ${cause.name} ask the cluster's DNS.`, [step], {
      assumptions: own ? ['Nothing else needs the name servers of its dnsConfig.'] : ['Nothing relies on names that only the name servers of the node know.'],
    });
  },
});

/** Takes the alias off, so that the cluster's DNS is asked. */
export const hostAliasRemedy = defineRemedy({
  mechanisms: ['host-alias-overrides'],
  propose({ cause, facts }, view) {
    const [path, host] = [stringFact(facts, 'path') ?? '', stringFact(facts, 'host') ?? ''];
    const aliases = workloadAt(cause, view)?.spec.hostAliases ?? [];
    const entry = aliases[numberFact(facts, 'index')];
    if (entry === undefined || !withTemplate.has(cause.kind))
      return { missing: [`A new ${cause.kind} without the alias of ${host}: this one cannot be changed in place.`] };
    const rest = (entry.hostnames ?? []).filter((name) => name !== host);
    const operation = rest.length > 0 ? { op: 'replace' as const, path: `${path}.hostnames`, value: rest } : { op: 'remove' as const, path };
    const undo = rest.length > 0 ? { op: 'replace' as const, path: `${path}.hostnames`, value: entry.hostnames } : { op: 'add' as const, path, value: entry };
    const step = patchStep({ ref: cause, description: `Take ${host} off the hostAliases` }, [operation], [undo]);
    return proposal(`Let cluster DNS answer for ${host}.`, [step], {
      assumptions: [`Service ${stringFact(facts, 'service')} is what ${host} should lead to.`],
    });
  },
});

/** What every pod of the cluster asks is a person's to change. */
export const dnsConfigurationRemedy = defineRemedy({
  mechanisms: ['dns-configuration-misdirects'],
  propose({ cause, facts }, view) {
    const [key, line] = [stringFact(facts, 'key') ?? '', stringFact(facts, 'line') ?? ''];
    const text = textAt(cause, `data["${key}"]`, view) ?? '';
    const edit = `kubectl edit configmap ${cause.name} -n ${cause.namespace}`;
    const look = {
      description: `Read the DNS configuration of the cluster`,
      kubectl: ['describe', 'configmap', cause.name, '-n', cause.namespace ?? 'kube-system'],
      validation: `${key} has no line \`${line}\`.`,
      rollback: null,
      impact: 'none' as const,
    };
    return proposal(`Take \`${line}\` out of ${key} in ConfigMap ${cause.name}, or let it spare the cluster's own names.`, [look], {
      decisions: [
        {
          description: `remove the line${text.includes(`${line} {`) ? ' with its block' : ''}`,
          command: edit,
          destroys:
            'Nothing is deleted, but every pod of the cluster asks this DNS: a mistake stops all names. With the reload plugin CoreDNS takes it over within a minute, else restart it.',
        },
      ],
      recommendations: ['Try a new Corefile with a pod that looks up a Service before it goes to every cluster.'],
    });
  },
});

/** Calls with the scheme that the port serves; the port is kept, also where the old scheme stood for it. */
export const calledSchemeRemedy = defineRemedy({
  mechanisms: ['called-scheme-wrong'],
  propose({ cause, facts }, view) {
    const [path, host, spoken, served] = ['path', 'host', 'spoken', 'served'].map((name) => stringFact(facts, name) ?? '');
    const missing = [`The place that tells ${stringFact(facts, 'workload')} to call ${host} with ${spoken}: it should be ${served}.`];
    if (!path || !host || cause.kind === 'Job') return { missing };
    const place = placeNaming(`${spoken}://`, cause, path, view);
    const url = new RegExp(`${spoken}://((?:[^\\s/@"']*@)?${escaped(host)})(:\\d+)?(?![\\w.-])`, 'gi');
    const before = spoken === 'https' ? 443 : 80;
    const right = place?.text.replaceAll(url, (_whole, authority: string, port: string | undefined) => `${served}://${authority}${port ?? `:${before}`}`);
    if (place === null || right === undefined || right === place.text) return { missing };
    const steps = textSteps(cause, place.path, { old: place.text, right }, `Call ${host} with ${served}`, view);
    return proposal(`Call ${host} with ${served}, which its port serves.`, steps, { assumptions: [`${host} is meant to be called without a change of port.`] });
  },
});
