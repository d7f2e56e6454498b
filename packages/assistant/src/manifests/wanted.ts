/** What a description asks for; what it does not say is null or empty, and a template takes its default. */
export interface Wanted {
  /** As it was written. */
  text: string;
  name: string | null;
  namespace: string | null;
  image: string | null;
  replicas: number | null;
  /** What the container listens on, and what a Service offers where that is another one. */
  port: number | null;
  servicePort: number | null;
  host: string | null;
  path: string | null;
  tls: boolean;
  /** A quantity: `10Gi`. */
  storage: string | null;
  mountPath: string | null;
  /** Five fields of cron. */
  schedule: string | null;
  /** As a shell would run it. */
  command: string | null;
  values: Readonly<Record<string, string>>;
  cpu: string | null;
  memory: string | null;
  minimum: number | null;
  maximum: number | null;
  percent: number | null;
  /** What an autoscaler, budget, Service or policy is for. */
  target: string | null;
  /** Of a policy: who may come in. */
  peer: string | null;
  verbs: readonly string[];
  resources: readonly string[];
  account: string | null;
}

/** A parameter of what was made, for showing: a person corrects what was assumed. */
export interface Parameter {
  name: string;
  value: string;
  /** Whether the description says so; else it is the template's choice. */
  said: boolean;
}

/** An object as a template or a model makes it. */
export interface MadeObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string>; annotations?: Record<string, string> };
  [field: string]: unknown;
}

/** A common shape. The first whose words a description has is taken for its main part; the others add to it. */
export interface Template {
  id: string;
  /** Whether a description asks for it. */
  fits(wanted: Wanted): boolean;
  /** For `qd create --help` and who asks what there is. */
  example: string;
  make(wanted: Wanted): { objects: MadeObject[]; parameters: Parameter[] };
}
