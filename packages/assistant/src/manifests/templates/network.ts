import type { MadeObject, Template, Wanted } from '../wanted.ts';
import { labelsOf, metadata, nameOf, parameter, portOf } from './pod-template.ts';

/** Whether something is said or known that others reach: a worker listens to nobody. */
export function isExposed(wanted: Wanted): boolean {
  if (wanted.port !== null || wanted.host !== null) return true;
  return !/\bworker\b|\bconsumer\b/i.test(wanted.text) && /\b(?:web|api|app|site|server|service|ingress|http|frontend|backend|behind)\b/i.test(wanted.text);
}

export function ports(wanted: Wanted) {
  return [{ name: 'main', port: wanted.servicePort ?? portOf(wanted), targetPort: 'main' }];
}

/** The Service of a workload that is made with it. */
export function serviceFor(wanted: Wanted): MadeObject {
  const name = nameOf(wanted);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(wanted, name),
    spec: { selector: labelsOf(name), ports: [{ name: 'main', port: wanted.servicePort ?? 80, targetPort: 'main' }] },
  };
}

export function ingressFor(wanted: Wanted): MadeObject {
  const name = nameOf(wanted);
  const host = wanted.host ?? `${name}.example.com`;
  const backend = { service: { name, port: { name: 'main' } } };
  const spec = {
    ...(wanted.tls ? { tls: [{ hosts: [host], secretName: `${name}-tls` }] } : {}),
    rules: [{ host, http: { paths: [{ path: wanted.path ?? '/', pathType: 'Prefix', backend }] } }],
  };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: metadata(wanted, name), spec };
}

/** A Service for a workload that is there already. */
export const service: Template = {
  id: 'service',
  example: 'a service for checkout on port 80 to 8080',
  fits: ({ text, image }) => image === null && /^(?:create |make )?(?:an? )?(?:new )?service\b/i.test(text) && !/service ?account/i.test(text),
  make(wanted) {
    const name = wanted.target ?? nameOf(wanted);
    const targetPort = wanted.port ?? 8080;
    const port = wanted.servicePort ?? wanted.port ?? 80;
    return {
      objects: [
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: metadata(wanted, name),
          spec: { selector: labelsOf(name), ports: [{ name: 'main', port, targetPort }] },
        },
      ],
      parameters: [
        parameter('name', wanted.target ?? wanted.name, name),
        parameter('port', wanted.servicePort ?? wanted.port, port),
        parameter('target port', wanted.port, targetPort),
        { name: 'selector', value: Object.entries(labelsOf(name)).join('').replace(',', '='), said: false },
      ],
    };
  },
};

/** Who a policy is for and who may come in; null for all, and for nobody. */
function parties({ text, peer }: Wanted): { reached: string | null; from: string | null } {
  if (/\bden(?:y|ies)\b/i.test(text)) return { reached: null, from: null };
  return { reached: /\b(?:reach|access|connect to|talk to|to)\s+(?:the )?([a-z0-9-]+)/i.exec(text)?.[1] ?? null, from: peer };
}

export const networkPolicy: Template = {
  id: 'network-policy',
  example: 'a network policy that lets only frontend reach api on port 8080',
  fits: ({ text }) => /\bnetwork ?polic|\bnetpol\b|\bdeny (?:all )?traffic\b/i.test(text),
  make(wanted) {
    const { reached, from } = parties(wanted);
    const called = /\b(?:called|named)\b/i.test(wanted.text) ? wanted.name : null;
    const name = called ?? (from === null ? 'deny-all' : `${reached ?? 'pods'}-from-${from}`);
    const ports = wanted.port === null ? {} : { ports: [{ protocol: 'TCP', port: wanted.port }] };
    const ingress = from === null ? {} : { ingress: [{ from: [{ podSelector: { matchLabels: labelsOf(from) } }], ...ports }] };
    const podSelector = reached === null ? {} : { matchLabels: labelsOf(reached) };
    return {
      objects: [
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: metadata(wanted, name),
          spec: { podSelector, policyTypes: ['Ingress'], ...ingress },
        },
      ],
      parameters: [
        parameter('name', called, name),
        parameter('for', reached, 'all pods of the namespace'),
        parameter('who may come in', from, 'nobody'),
        ...(wanted.port === null ? [] : [parameter('port', wanted.port, wanted.port)]),
      ],
    };
  },
};
