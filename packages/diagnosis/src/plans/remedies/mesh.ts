import { stringFact } from '../../causes/explain.ts';
import { defineRemedy } from '../../model/remedy.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace, jsonPatch, proposal } from './step.ts';

function look(resource: string, cause: { name: string; namespace: string | null; kind: string; apiVersion: string }, validation: string) {
  return {
    description: `Read ${cause.kind} ${cause.name}`,
    kubectl: inNamespace(cause, ['describe', resource, cause.name]),
    validation,
    rollback: null,
    impact: 'none' as const,
  };
}

/** What the mesh lets through is decided by whoever runs it. */
export const meshPolicyRemedy = defineRemedy({
  mechanisms: ['mesh-requires-mutual-tls', 'mesh-denies'],
  propose({ cause, facts, mechanism }) {
    const [caller, target] = [stringFact(facts, 'caller') ?? '', stringFact(facts, 'target') ?? ''];
    const resource = `${cause.kind.toLowerCase()}.security.istio.io`;
    const read = look(resource, cause, `It lets ${caller} reach ${target}.`);
    if (mechanism === 'mesh-denies') {
      return proposal(`Let AuthorizationPolicy ${cause.name}, or another beside it, allow what ${caller} asks of ${target}.`, [read], {
        decisions: [
          {
            description: 'take the policy away',
            command: commandLine(inNamespace(cause, ['delete', resource, cause.name])),
            destroys: 'What it protects is then open to every caller that no other policy keeps out; an ALLOW policy with a rule for this caller is safer.',
          },
        ],
      });
    }
    const patch = jsonPatch([{ op: 'replace', path: 'spec.mtls.mode', value: 'PERMISSIVE' }]);
    return proposal(`Take ${caller} into the mesh, or let ${target} take plain connections too.`, [read], {
      decisions: [
        {
          description: 'take plain connections as well',
          command: commandLine(inNamespace(cause, ['patch', resource, cause.name, '--type=json', '-p', patch])),
          destroys: 'Callers without an identity reach everything that the policy is for; injecting the proxy into the caller keeps it closed.',
        },
      ],
    });
  },
});

/** Routes of the mesh are shared; the exact change is proposed. */
export const meshRouteRemedy = defineRemedy({
  mechanisms: ['mesh-route-broken'],
  propose({ cause, facts }) {
    const [problem, path, meant, host] = ['problem', 'path', 'meant', 'host'].map((name) => stringFact(facts, name));
    const fields: Readonly<Record<string, string>> = { host: `${path}.host`, subset: `${path}.subset`, port: `${path}.port.number` };
    const field = fields[problem ?? ''];
    if (!meant || field === undefined || !host) {
      return {
        missing: [
          `Where VirtualService ${cause.name} should lead to instead of ${stringFact(facts, 'subset') === null ? host : `subset ${stringFact(facts, 'subset')} of ${host}`}.`,
        ],
      };
    }
    const resource = 'virtualservice.networking.istio.io';
    const value = problem === 'port' ? Number(meant) : problem === 'host' ? [meant, ...host.split('.').slice(1)].join('.') : meant;
    return proposal(`Let VirtualService ${cause.name} lead to ${String(value)}, which exists.`, [look(resource, cause, `It leads to ${String(value)}.`)], {
      decisions: [
        {
          description: 'change it',
          command: commandLine(inNamespace(cause, ['patch', resource, cause.name, '--type=json', '-p', jsonPatch([{ op: 'replace', path: field, value }])])),
          destroys: 'Nothing; requests of the route go there.',
        },
      ],
    });
  },
});
