import type { ObjectRef } from '@quarterdeck/contract';
import { listFact, stringFact } from '../../causes/explain.ts';
import { defineRemedy, type RemedyProposal } from '../../model/remedy.ts';
import { commandLine, quoteForShell } from '../kubectl-command.ts';
import { inNamespace, jsonPatch, type PatchOperation, proposal } from './step.ts';

/** Gateways and routes are shared by many; a change of one is proposed as a decision, with its exact command. */
function decided(cause: ObjectRef, summary: string, operation: PatchOperation, destroys: string): RemedyProposal {
  const resource = `${cause.kind.toLowerCase()}.gateway.networking.k8s.io`;
  const look = {
    description: `Read ${cause.kind} ${cause.name} with its conditions`,
    kubectl: inNamespace(cause, ['describe', resource, cause.name]),
    validation: 'Its conditions say Accepted and ResolvedRefs.',
    rollback: null,
    impact: 'none' as const,
  };
  const command = commandLine(inNamespace(cause, ['patch', resource, cause.name, '--type=json', '-p', jsonPatch([operation])]));
  return proposal(summary, [look], { decisions: [{ description: 'change it', command, destroys }] });
}

export const gatewayClassRemedy = defineRemedy({
  mechanisms: ['gateway-class-missing'],
  propose({ cause, facts }) {
    const meant = stringFact(facts, 'meant');
    const wrong = stringFact(facts, 'class');
    if (meant === null)
      return {
        missing: [
          `Which GatewayClass should serve Gateway ${cause.name}: install the controller that brings ${wrong}, or name an existing class (kubectl get gatewayclasses).`,
        ],
      };
    return decided(
      cause,
      `Let Gateway ${cause.name} use GatewayClass ${meant}, which exists.`,
      { op: 'replace', path: 'spec.gatewayClassName', value: meant },
      `Nothing; the controller of class ${meant} then sets the Gateway up.`,
    );
  },
});

export const gatewayRouteRemedy = defineRemedy({
  mechanisms: ['gateway-route-detached', 'gateway-route-backend'],
  propose({ cause, facts, mechanism }) {
    const [path, meant, problem] = [stringFact(facts, 'path') ?? '', stringFact(facts, 'meant'), stringFact(facts, 'problem') ?? ''];
    if (problem === 'not-granted') return grant(cause, stringFact(facts, 'service') ?? '', stringFact(facts, 'namespace') ?? '', 'Service');
    const field: Record<string, string> =
      mechanism === 'gateway-route-detached' ? { missing: `${path}.name`, section: `${path}.sectionName` } : { missing: `${path}.name`, port: `${path}.port` };
    const place = field[problem];
    if (meant === null || place === undefined) {
      const offered = listFact(facts, 'offered');
      return {
        missing: [
          mechanism === 'gateway-route-detached'
            ? `How ${cause.kind} ${cause.name} should attach to Gateway ${stringFact(facts, 'gateway')}${offered.length === 0 ? '' : `, which has ${offered.join(', ')}`}: change the route's parentRefs and hostnames, or what the listener allows.`
            : `Which Service ${stringFact(facts, 'route')} should lead to: nothing in namespace ${stringFact(facts, 'namespace')} is named like ${stringFact(facts, 'service')}.`,
        ],
      };
    }
    const value = problem === 'port' ? Number(meant) : meant;
    return decided(
      cause,
      `Let ${cause.kind} ${cause.name} name ${meant}, which exists.`,
      { op: 'replace', path: place, value },
      'Nothing; requests of the route go there.',
    );
  },
});

function grant(from: ObjectRef, name: string, namespace: string, kind: string): RemedyProposal {
  const manifest = {
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { name: `${from.name}-${name}`, namespace },
    spec: { from: [{ group: 'gateway.networking.k8s.io', kind: from.kind, namespace: from.namespace }], to: [{ group: '', kind, name }] },
  };
  const look = {
    description: `See which grants namespace ${namespace} gives`,
    kubectl: ['get', 'referencegrants.gateway.networking.k8s.io', '-n', namespace],
    validation: `One of them opens ${kind} ${name} to ${from.kind}s of namespace ${from.namespace}.`,
    rollback: null,
    impact: 'none' as const,
  };
  return proposal(`Open ${kind} ${name} of namespace ${namespace} to ${from.kind} ${from.name}, if its owner agrees.`, [look], {
    decisions: [
      {
        description: `create a ReferenceGrant in namespace ${namespace}`,
        command: `echo ${quoteForShell(JSON.stringify(manifest))} | kubectl create -f -`,
        destroys: `Nothing; every ${from.kind} of namespace ${from.namespace} may use ${kind} ${name} afterwards.`,
      },
    ],
  });
}

export const gatewayCertificateRemedy = defineRemedy({
  mechanisms: ['gateway-certificate-unusable'],
  propose({ cause, facts }) {
    const [secret, namespace, path, meant] = ['secret', 'namespace', 'path', 'meant'].map((name) => stringFact(facts, name));
    if (facts.problem === 'not-granted') return grant(cause, secret ?? '', namespace ?? '', 'Secret');
    if (!meant || !path || cause.kind !== 'Gateway')
      return {
        missing: [
          `The certificate for Gateway ${stringFact(facts, 'gateway')}: create Secret ${secret} of the type kubernetes.io/tls in namespace ${namespace}.`,
        ],
      };
    return decided(
      cause,
      `Let Gateway ${cause.name} take its certificate from Secret ${meant}, which exists.`,
      { op: 'replace', path, value: meant },
      'Nothing; the listener is served with the certificate of that Secret.',
    );
  },
});
