import { numberFact, stringFact } from '../../causes/explain.ts';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy } from '../../model/remedy.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace, patchStep, proposal } from './step.ts';
import { textAt, textSteps } from './text-step.ts';

function quoted(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const hostName = /(?:HOST|HOSTNAME|ADDR|ADDRESS|SERVER)$/i;

/** Where the port stands beside a host: `DB_PORT` next to `DB_HOST`, in the same container or the same ConfigMap. */
function portBeside({ cause }: Pick<Incident, 'cause'>, path: string, port: number, view: ClusterView): string | null {
  const key = /^data\["(.+)"\]$/.exec(path)?.[1];
  if (key !== undefined) {
    const place = `data["${key.replace(hostName, 'PORT')}"]`;
    return hostName.test(key) && textAt(cause, place, view) === String(port) ? place : null;
  }
  const [, list = '', index = ''] = /^(.*\.env)\[(\d+)\]\.value$/.exec(path) ?? [];
  const name = list === '' ? null : textAt(cause, `${list}[${index}].name`, view);
  if (name === null || !hostName.test(name)) return null;
  for (let at = 0, other = textAt(cause, `${list}[0].name`, view); other !== null; at += 1, other = textAt(cause, `${list}[${at}].name`, view)) {
    if (other === name.replace(hostName, 'PORT') && textAt(cause, `${list}[${at}].value`, view) === String(port)) return `${list}[${at}].value`;
  }
  return null;
}

/** Calls the port that the Service offers, where it offers one and the text that names the other is seen. */
export const calledPortRemedy = defineRemedy({
  mechanisms: ['called-port-missing'],
  propose(incident, view) {
    const { cause, facts } = incident;
    const [service, path] = [stringFact(facts, 'service') ?? '', stringFact(facts, 'path')];
    const [port, meant] = [numberFact(facts, 'port'), typeof facts.meant === 'number' ? facts.meant : null];
    const old = path === null || cause.kind === 'Job' ? null : textAt(cause, path, view);
    const missing = [`Whether Service ${service} should offer port ${port} or its callers should use another; the place that names the port decides.`];
    if (path === null || old === null || meant === null || cause.kind === 'Service') return { missing };
    const summary = `Call port ${meant} of Service ${service}, the only one that it offers.`;
    const assumptions = [`Port ${meant} of Service ${service} is the one that was meant.`];
    const beside = portBeside(incident, path, port, view);
    if (beside !== null) {
      const steps = textSteps(cause, beside, { old: String(port), right: String(meant) }, `Call ${service}:${meant} instead of port ${port}`, view);
      return proposal(summary, steps, { assumptions });
    }
    const host = `(?<![\\w-])${quoted(service)}(?:\\.[\\w.-]+)?`;
    const named = old.replaceAll(new RegExp(`(${host}):${port}(?!\\d)`, 'g'), `$1:${meant}`);
    const settings = [...old.matchAll(new RegExp(`port["']?\\s*[:=]\\s*["']?${port}(?!\\d)`, 'gi'))];
    const [only] = settings;
    if (named === old && only !== undefined && settings.length === 1) {
      const at = only.index + only[0].length - String(port).length;
      const text = { old, right: `${old.slice(0, at)}${meant}${old.slice(at + String(port).length)}` };
      return proposal(summary, textSteps(cause, path, text, `Call ${service}:${meant} instead of port ${port}`, view), { assumptions });
    }
    const right = named === old ? old.replace(new RegExp(`(//${quoted(service)}(?:\\.[\\w.-]+)?)(?![\\w:.-])`), `$1:${meant}`) : named;
    if (right === old) return { missing };
    return proposal(summary, textSteps(cause, path, { old, right }, `Call ${service}:${meant} instead of port ${port}`, view), { assumptions });
  },
});

/** Lets a program listen on every address where a setting keeps it on the loopback one. */
export const loopbackRemedy = defineRemedy({
  mechanisms: ['program-listens-elsewhere'],
  propose({ cause, facts, evidence }, view) {
    const place = evidence.find(({ path, object }) => path !== null && object.name === cause.name && object.kind === cause.kind);
    const path = place?.path ?? null;
    const old = path === null || facts.loopback !== true ? null : textAt(cause, path, view);
    if (path === null || old === null || cause.kind === 'Job')
      return {
        missing: [
          `Where ${stringFact(facts, 'workload')} is told to listen: it should be 0.0.0.0 and port ${numberFact(facts, 'port')}, or Service ${stringFact(facts, 'service')} should lead to the port that it listens on.`,
        ],
      };
    const right = old.replaceAll(/127\.0\.0\.1|localhost|\[?::1\]?/g, '0.0.0.0');
    const steps = textSteps(cause, path, { old, right }, 'Listen on every address of the pod instead of the loopback address', view);
    return proposal(`Let ${stringFact(facts, 'workload')} listen on 0.0.0.0.`, steps, {
      assumptions: ['The setting takes 0.0.0.0 for every address, and nothing relies on it being reachable from inside the pod alone.'],
    });
  },
});

/** Corrects the alias where the name that was meant exists. */
export const externalNameRemedy = defineRemedy({
  mechanisms: ['external-name-unresolved'],
  propose({ cause, facts }) {
    const [wrong, meant] = [stringFact(facts, 'externalName') ?? '', stringFact(facts, 'meant')];
    if (meant === null) return { missing: [`The name that Service ${cause.name} should stand for: ${wrong} is not found.`] };
    const path = 'spec.externalName';
    const right = [meant, ...wrong.split('.').slice(1)].join('.');
    const step = patchStep(
      { ref: cause, description: `Let Service ${cause.name} stand for ${right}` },
      [{ op: 'replace', path, value: right }],
      [{ op: 'replace', path, value: wrong }],
    );
    return proposal(`Let Service ${cause.name} stand for ${right}, which exists.`, [{ ...step, validation: 'Its callers stop failing within a minute.' }], {
      assumptions: [`${meant} is the Service that was meant.`],
    });
  },
});

/** Lets a Service without a selector select the pods of the workload that has its name. */
export const withoutSelectorRemedy = defineRemedy({
  mechanisms: ['service-without-selector'],
  propose({ cause, facts }) {
    const labels = Array.isArray(facts.labels) ? facts.labels.map((label) => String(label).split('=')) : [];
    if (labels.length === 0)
      return {
        missing: [
          `What Service ${cause.name} should lead to: kubectl get endpointslices -n ${cause.namespace} -l kubernetes.io/service-name=${cause.name} shows where it leads now.`,
        ],
      };
    const patch = (selector: unknown) => inNamespace(cause, ['patch', 'service', cause.name, '--type=merge', '-p', JSON.stringify({ spec: { selector } })]);
    const step = {
      description: `Let Service ${cause.name} select the pods of ${stringFact(facts, 'workload')}`,
      kubectl: patch(Object.fromEntries(labels)),
      validation: `${commandLine(inNamespace(cause, ['get', 'endpointslices', '-l', `kubernetes.io/service-name=${cause.name}`]))} lists the addresses of the pods.`,
      rollback: commandLine(patch(null)),
      impact: 'low' as const,
    };
    return proposal(`Give Service ${cause.name} the selector of ${stringFact(facts, 'workload')}.`, [step], {
      assumptions: [`Service ${cause.name} is meant for the pods of ${stringFact(facts, 'workload')}, and nobody writes its endpoints on purpose.`],
    });
  },
});
