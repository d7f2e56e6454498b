import { numberFact, stringFact } from '../../causes/explain.ts';
import { defineRemedy } from '../../model/remedy.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace, type PatchOperation, patchStep, proposal } from './step.ts';

const prefix = 'nginx.ingress.kubernetes.io';

/** Routes the path to the Service that it is called after, at the port that both have or its only one. */
export const misroutedPathRemedy = defineRemedy({
  mechanisms: ['ingress-path-misrouted'],
  propose({ cause, facts, findings }, view) {
    const odd = findings.filter(({ code, object }) => code === 'ingress-path-misrouted' && object.name === cause.name);
    const ingress = view.get('Ingress', cause.namespace, cause.name);
    const operations: PatchOperation[] = [];
    const undo: PatchOperation[] = [];
    for (const finding of odd) {
      const [field, meant] = [stringFact(finding.facts, 'field') ?? '', stringFact(finding.facts, 'meant') ?? ''];
      const [, rule, path] = /rules\[(\d+)\]\.http\.paths\[(\d+)\]/.exec(field) ?? [];
      const backend = ingress?.spec?.rules?.[Number(rule)]?.http?.paths[Number(path)]?.backend.service;
      const ports = view.get('Service', cause.namespace, meant)?.spec?.ports ?? [];
      const same = ports.some(({ name, port }) => (backend?.port?.name === undefined ? port === backend?.port?.number : name === backend.port.name));
      const port = same ? backend?.port : ports.length === 1 ? { number: ports[0]?.port } : undefined;
      if (backend === undefined || port === undefined) continue;
      operations.push({ op: 'replace', path: `${field}.backend.service`, value: { name: meant, port } });
      undo.push({ op: 'replace', path: `${field}.backend.service`, value: backend });
    }
    if (operations.length === 0)
      return { missing: [`Which port of Service ${stringFact(facts, 'meant')} the path ${stringFact(facts, 'path')} is meant for.`] };
    const step = patchStep({ ref: cause, description: 'Route each path to the Service that it is called after' }, operations, undo);
    const validation = `${commandLine(inNamespace(cause, ['describe', 'ingress', cause.name]))} shows each path beside the Service of its name.`;
    return proposal(`Route ${stringFact(facts, 'path')} of Ingress ${cause.name} to Service ${stringFact(facts, 'meant')}.`, [{ ...step, validation }], {
      assumptions: ['The paths are called after the Services that they should lead to.'],
    });
  },
});

const groups: Readonly<Record<number, string>> = { 1: '/(.*)', 2: '(/|$)(.*)' };

/** Gives the path the groups that the rewrite refers to. */
export const rewriteRemedy = defineRemedy({
  mechanisms: ['ingress-rewrite-without-group'],
  propose({ cause, facts }, view) {
    const [field, target, path] = ['field', 'target', 'path'].map((name) => stringFact(facts, name) ?? '');
    const needed = Math.max(0, ...[...(target ?? '').matchAll(/\$(\d)/g)].map(([, digit]) => Number(digit)));
    const tail = groups[needed];
    const [, rule, index] = /rules\[(\d+)\]\.http\.paths\[(\d+)\]/.exec(field ?? '') ?? [];
    const before = view.get('Ingress', cause.namespace, cause.name)?.spec?.rules?.[Number(rule)]?.http?.paths[Number(index)];
    if (tail === undefined || before === undefined || numberFact(facts, 'groups') > 0 || !field) {
      return { missing: [`The groups that path ${path} of Ingress ${cause.name} should have for rewrite-target ${target}.`] };
    }
    const right = `${(path ?? '').replace(/\/$/, '')}${tail}`;
    const step = patchStep(
      { ref: cause, description: `Let the path be ${right}` },
      [
        { op: 'replace', path: `${field}.path`, value: right },
        { op: 'replace', path: `${field}.pathType`, value: 'ImplementationSpecific' },
      ],
      [
        { op: 'replace', path: `${field}.path`, value: path },
        { op: 'replace', path: `${field}.pathType`, value: before.pathType },
      ],
    );
    return proposal(
      `Keep what follows ${path} when Ingress ${cause.name} rewrites requests.`,
      [{ ...step, validation: 'A request below the path reaches the same place at the backend.' }],
      {
        assumptions: ['What follows the path is meant to reach the backend. If every request should get one page, drop the group from rewrite-target instead.'],
      },
    );
  },
});

/** Lets the controller speak what the backend serves. */
export const backendProtocolRemedy = defineRemedy({
  mechanisms: ['ingress-backend-protocol'],
  propose({ cause, facts }) {
    const [served, spoken] = [stringFact(facts, 'served') ?? '', stringFact(facts, 'spoken') ?? ''];
    const annotate = (word: string) => inNamespace(cause, ['annotate', 'ingress', cause.name, word, '--overwrite']);
    const key = `${prefix}/backend-protocol`;
    const step = {
      description: `Let the controller speak ${served} to its backends`,
      kubectl: annotate(`${key}=${served}`),
      validation: 'Requests to the Ingress are answered without 400 and 502.',
      rollback: commandLine(annotate(facts.annotated === true ? `${key}=${spoken}` : `${key}-`)),
      impact: 'low' as const,
    };
    return proposal(`Set backend-protocol of Ingress ${cause.name} to ${served}.`, [step], {
      assumptions: ['The annotation holds for all paths of the Ingress: backends that serve the other protocol need an Ingress of their own.'],
    });
  },
});

/** Names the host under spec.tls as the rules do. */
export const tlsHostRemedy = defineRemedy({
  mechanisms: ['ingress-tls-host-misspelt'],
  propose({ cause, facts }) {
    const [field, host, listed] = ['field', 'host', 'listed'].map((name) => stringFact(facts, name) ?? '');
    const path = field ?? '';
    const step = patchStep(
      { ref: cause, description: `Name ${host} under spec.tls` },
      [{ op: 'replace', path, value: host }],
      [{ op: 'replace', path, value: listed }],
    );
    return proposal(
      `Let Ingress ${cause.name} use its TLS Secret for ${host}.`,
      [{ ...step, validation: `Clients of ${host} get the certificate of the Secret.` }],
      {
        assumptions: [`The certificate in the Secret is for ${host}.`],
      },
    );
  },
});

/** Starts the controller again. */
export const ingressControllerRemedy = defineRemedy({
  mechanisms: ['ingress-controller-not-running'],
  propose({ cause, facts }) {
    if (stringFact(facts, 'stopped') === null || (cause.kind !== 'Deployment' && cause.kind !== 'StatefulSet')) {
      return {
        missing: [
          `The controller ${stringFact(facts, 'controller')} of ingress class ${stringFact(facts, 'class')}: install it, or let the Ingress use a class that is served.`,
        ],
      };
    }
    const scale = (count: number) => inNamespace(cause, ['scale', `${cause.kind.toLowerCase()}/${cause.name}`, `--replicas=${count}`]);
    const step = {
      description: `Run one replica of ${cause.kind} ${cause.name}`,
      kubectl: scale(1),
      validation: `The Ingresses of class ${stringFact(facts, 'class')} get an address.`,
      rollback: `${commandLine(scale(0))} (yours to decide: it stops the controller again)`,
      impact: 'medium' as const,
    };
    return proposal(`Start the controller of ingress class ${stringFact(facts, 'class')} again.`, [step], { assumptions: ['It was not stopped on purpose.'] });
  },
});
