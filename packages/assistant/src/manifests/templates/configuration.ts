import type { Template } from '../wanted.ts';
import { metadata, nameOf, parameter } from './pod-template.ts';

export const configMap: Template = {
  id: 'config-map',
  example: 'a configmap web-settings with LOG_LEVEL=info',
  fits: ({ text, image }) => image === null && /\bconfig ?map\b/i.test(text),
  make(wanted) {
    const data = Object.keys(wanted.values).length === 0 ? { KEY: 'value' } : { ...wanted.values };
    return {
      objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(wanted, nameOf(wanted)), data }],
      parameters: [parameter('name', wanted.name, nameOf(wanted)), parameter('keys', Object.keys(wanted.values).join(', ') || null, 'KEY')],
    };
  },
};

/** Values are asked for, never invented: what is not said has a placeholder that no program takes for a password. */
export const secret: Template = {
  id: 'secret',
  example: 'a secret db-login with USERNAME=app and PASSWORD=...',
  fits: ({ text, image }) => image === null && /\bsecret\b/i.test(text) && !/\brole\b/i.test(text),
  make(wanted) {
    const stringData = Object.keys(wanted.values).length === 0 ? { PASSWORD: 'REPLACE-ME' } : { ...wanted.values };
    return {
      objects: [{ apiVersion: 'v1', kind: 'Secret', metadata: metadata(wanted, nameOf(wanted)), type: 'Opaque', stringData }],
      parameters: [parameter('name', wanted.name, nameOf(wanted)), parameter('keys', Object.keys(wanted.values).join(', ') || null, 'PASSWORD')],
    };
  },
};

export const namespace: Template = {
  id: 'namespace',
  example: 'a namespace team-a with a quota of 4 cpu and 8Gi memory',
  fits: ({ text }) => /^(?:create |make )?(?:an? )?(?:new )?namespace\b/i.test(text) || /\bquota\b/i.test(text),
  make(wanted) {
    const name = /\bnamespace ([a-z0-9-]+)/i.exec(wanted.text)?.[1] ?? nameOf(wanted);
    const labels = { 'pod-security.kubernetes.io/enforce': 'baseline', 'pod-security.kubernetes.io/warn': 'restricted' };
    const hasQuota = /\bquota\b|\blimit/i.test(wanted.text) || wanted.cpu !== null || wanted.memory !== null;
    const memory = wanted.memory ?? /\b(\d+[MG]i)\b/.exec(wanted.text)?.[1] ?? null;
    const hard = { 'requests.cpu': wanted.cpu ?? '4', 'requests.memory': memory ?? '8Gi', 'limits.memory': memory ?? '8Gi', pods: '50' };
    const limits = { limits: [{ type: 'Container', defaultRequest: { cpu: '50m', memory: '64Mi' }, default: { memory: '256Mi' } }] };
    const quota = [
      { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'quota', namespace: name }, spec: { hard } },
      // With a quota, a pod that asks for nothing is refused: this gives it something to ask for.
      { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'defaults', namespace: name }, spec: limits },
    ];
    return {
      objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }, ...(hasQuota ? quota : [])],
      parameters: [
        parameter('name', name, name),
        { name: 'pod security', value: 'baseline, warns of what is not restricted', said: false },
        ...(hasQuota ? [parameter('cpu', wanted.cpu, '4'), parameter('memory', memory, '8Gi'), { name: 'pods', value: '50', said: false }] : []),
      ],
    };
  },
};
