import type { FormField, FormFieldType, FormPlace, ManifestForm } from '@quarterdeck/contract';
import { collectionsWith, type Marker, placesOf } from './form-places.ts';
import { configMap, namespace, secret } from './templates/configuration.ts';
import { ingressFor, networkPolicy, service, serviceFor } from './templates/network.ts';
import { autoscaler, autoscalerFor, disruptionBudget, role } from './templates/policies.ts';
import { cronJob, deployment, job, statefulSet } from './templates/workloads.ts';
import type { MadeObject, Wanted } from './wanted.ts';

interface PartShape {
  id: string;
  optional?: boolean;
  /** Default: yes. */
  included?: boolean;
  make(wanted: Wanted): MadeObject | undefined;
}

interface FieldShape {
  id: string;
  type: FormFieldType;
  required?: boolean;
  /** What the form begins with; left out, the template's own. */
  standard?: Partial<Wanted>;
  /** What stands for the field while its places are looked for. */
  marked: Partial<Wanted>;
  marker: Marker;
}

interface FormShape {
  id: string;
  /** What the template is to read in the description. */
  text: string;
  parts: readonly PartShape[];
  fields: readonly FieldShape[];
}

const nothingSaid: Omit<Wanted, 'text'> = {
  ...{ name: null, namespace: null, image: null, replicas: null, port: null, servicePort: null, host: null, path: null, tls: false, storage: null },
  ...{ mountPath: null, schedule: null, command: null, values: {}, cpu: null, memory: null, minimum: null, maximum: null, percent: null, target: null },
  ...{ peer: null, verbs: [], resources: [], account: null },
};

const name: FieldShape = { id: 'name', type: 'name', required: true, standard: { name: 'web' }, marked: { name: 'marker-name' }, marker: 'marker-name' };
const inNamespace: FieldShape = { id: 'namespace', type: 'name', standard: { namespace: 'default' }, marked: { namespace: 'marker-ns' }, marker: 'marker-ns' };
const image: FieldShape = {
  id: 'image',
  type: 'text',
  required: true,
  standard: { image: 'nginx:1.29' },
  marked: { image: 'marker/image:1' },
  marker: 'marker/image:1',
};
const replicas: FieldShape = { id: 'replicas', type: 'number', marked: { replicas: 61_001 }, marker: 61_001 };
const port: FieldShape = { id: 'port', type: 'number', marked: { port: 61_002 }, marker: 61_002 };
const servicePort: FieldShape = { id: 'servicePort', type: 'number', marked: { servicePort: 61_005 }, marker: 61_005 };
const cpu: FieldShape = { id: 'cpu', type: 'quantity', marked: { cpu: '6103m' }, marker: '6103m' };
const memory: FieldShape = { id: 'memory', type: 'quantity', marked: { memory: '6104Mi' }, marker: '6104Mi' };
const target: FieldShape = {
  id: 'target',
  type: 'name',
  required: true,
  standard: { target: 'web' },
  marked: { target: 'marker-target' },
  marker: 'marker-target',
};
const command: FieldShape = {
  ...{ id: 'command', type: 'text', standard: { command: 'echo done' } },
  ...{ marked: { command: 'marker command' }, marker: 'marker command' },
};
const environment: FieldShape = {
  id: 'environment',
  type: 'environment',
  marked: { values: { MARKER: '1' } },
  marker: 'MARKER',
  standard: { values: { LOG_LEVEL: 'info' } },
};
const container = [image, port, cpu, memory, environment];
const batch = [{ ...image, standard: { image: 'busybox:1.37' } }, command, cpu, memory];

const nth = (make: (wanted: Wanted) => { objects: MadeObject[] }, index: number) => (wanted: Wanted) => make(wanted).objects[index];

/** One a shape; a form asks for what people mostly set, and the rest stands in the manifest. */
const shapes: readonly FormShape[] = [
  {
    id: 'deployment',
    text: 'web app',
    parts: [
      { id: 'deployment', make: nth(deployment.make, 0) },
      { id: 'service', optional: true, make: serviceFor },
      { id: 'ingress', optional: true, included: false, make: ingressFor },
      { id: 'autoscaler', optional: true, included: false, make: (wanted) => autoscalerFor(wanted, wanted.name ?? 'web') },
    ],
    fields: [
      ...[name, inNamespace, replicas, ...container],
      servicePort,
      { id: 'host', type: 'text', standard: { host: 'web.example.com' }, marked: { host: 'marker.host' }, marker: 'marker.host' },
    ],
  },
  {
    id: 'stateful-set',
    text: 'database',
    parts: [
      { id: 'statefulSet', make: nth(statefulSet.make, 1) },
      { id: 'service', make: nth(statefulSet.make, 0) },
    ],
    fields: [
      ...[{ ...name, standard: { name: 'database' } }, inNamespace, replicas],
      ...container.map((field) => (field === image ? { ...image, standard: { image: 'redis:8' } } : field)),
      { id: 'storage', type: 'quantity', standard: { storage: '1Gi' }, marked: { storage: '6106Gi' }, marker: '6106Gi' },
      { id: 'mountPath', type: 'text', standard: { mountPath: '/data' }, marked: { mountPath: '/marker/mount' }, marker: '/marker/mount' },
    ],
  },
  { id: 'job', text: 'job', parts: [{ id: 'job', make: nth(job.make, 0) }], fields: [{ ...name, standard: { name: 'task' } }, inNamespace, ...batch] },
  {
    id: 'cron-job',
    text: 'cron job',
    parts: [{ id: 'cronJob', make: nth(cronJob.make, 0) }],
    fields: [
      ...[{ ...name, standard: { name: 'nightly' } }, inNamespace, ...batch],
      {
        id: 'schedule',
        type: 'schedule',
        required: true,
        standard: { schedule: '0 3 * * *' },
        marked: { schedule: 'marker schedule' },
        marker: 'marker schedule',
      },
    ],
  },
  {
    id: 'config-map',
    text: 'configmap',
    parts: [{ id: 'configMap', make: nth(configMap.make, 0) }],
    fields: [{ ...name, standard: { name: 'settings' } }, inNamespace, { ...environment, id: 'data', type: 'pairs' }],
  },
  {
    id: 'secret',
    text: 'secret',
    parts: [{ id: 'secret', make: nth(secret.make, 0) }],
    fields: [
      { ...name, standard: { name: 'login' } },
      inNamespace,
      { ...environment, id: 'secretData', type: 'pairs', standard: { values: { PASSWORD: '' } } },
    ],
  },
  {
    id: 'namespace',
    text: 'quota',
    parts: [
      { id: 'namespace', make: nth(namespace.make, 0) },
      { id: 'quota', optional: true, make: nth(namespace.make, 1) },
      { id: 'limits', optional: true, make: nth(namespace.make, 2) },
    ],
    fields: [
      { ...name, standard: { name: 'team-a' } },
      { ...cpu, id: 'quotaCpu' },
      { ...memory, id: 'quotaMemory' },
    ],
  },
  {
    id: 'service',
    text: 'service',
    parts: [{ id: 'service', make: nth(service.make, 0) }],
    fields: [target, inNamespace, { ...servicePort, standard: { servicePort: 80 } }, { ...port, standard: { port: 8080 } }],
  },
  {
    id: 'network-policy',
    text: 'network policy deny called',
    parts: [{ id: 'networkPolicy', make: nth(networkPolicy.make, 0) }],
    fields: [{ ...name, standard: { name: 'default-deny' } }, inNamespace],
  },
  {
    id: 'autoscaler',
    text: 'autoscaler',
    parts: [{ id: 'autoscaler', make: nth(autoscaler.make, 0) }],
    fields: [
      ...[target, inNamespace],
      { id: 'minimum', type: 'number', marked: { minimum: 61_007 }, marker: 61_007 },
      { id: 'maximum', type: 'number', marked: { maximum: 61_008 }, marker: 61_008 },
      { id: 'percent', type: 'number', marked: { percent: 61_009 }, marker: 61_009 },
    ],
  },
  {
    id: 'disruption-budget',
    text: 'disruption budget',
    parts: [{ id: 'disruptionBudget', make: nth(disruptionBudget.make, 0) }],
    fields: [target, inNamespace, { id: 'maxUnavailable', type: 'number', marked: { maximum: 61_010 }, marker: 61_010 }],
  },
  {
    id: 'role',
    text: 'role',
    parts: [
      { id: 'serviceAccount', optional: true, make: nth(role.make, 0) },
      { id: 'role', make: nth(role.make, 1) },
      { id: 'roleBinding', make: nth(role.make, 2) },
    ],
    fields: [
      { id: 'account', type: 'name', required: true, standard: { account: 'deployer' }, marked: { account: 'marker-account' }, marker: 'marker-account' },
      ...[{ ...name, standard: { name: 'pod-reader' } }, inNamespace],
      { id: 'resources', type: 'list', standard: { resources: ['pods'] }, marked: { resources: ['markers'] }, marker: 'markers' },
      { id: 'verbs', type: 'list', standard: { verbs: ['get', 'list', 'watch'] }, marked: { verbs: ['marker-verb'] }, marker: 'marker-verb' },
    ],
  },
];

const collections: ReadonlySet<FormFieldType> = new Set(['list', 'pairs', 'environment']);

/** What a page can ask for in a form, made by the same templates that answer descriptions. */
export function manifestForms(): ManifestForm[] {
  return shapes.map(({ id, text, parts, fields }) => {
    const standard = wantedOf(
      text,
      fields.map((field) => field.standard),
    );
    return {
      id,
      parts: parts.map(({ id: part, optional = false, included = true, make }) => ({
        id: part,
        optional,
        included,
        manifest: { ...made(make, standard, part) },
      })),
      fields: fields.map((field): FormField => {
        const { type, required = false } = field;
        return { id: field.id, type, required, places: parts.flatMap((part) => placesIn(part, field, { text, fields })) };
      }),
    };
  });
}

function placesIn({ id, make }: PartShape, field: FieldShape, { text, fields }: Pick<FormShape, 'text' | 'fields'>): FormPlace[] {
  const { type, marker, marked } = field;
  const others = fields.filter((other) => other !== field).map((other) => other.standard);
  const manifest = made(make, wantedOf(text, [...others, marked]), id);
  return collections.has(type) && typeof marker === 'string' ? collectionsWith(id, manifest, marker) : placesOf(id, manifest, marker);
}

function wantedOf(text: string, said: readonly (Partial<Wanted> | undefined)[]): Wanted {
  return Object.assign({ text, ...nothingSaid }, ...said);
}

function made(make: PartShape['make'], wanted: Wanted, part: string): MadeObject {
  const object = make(wanted);
  if (object === undefined) throw new Error(`No template makes the part ${part}.`);
  return object;
}
