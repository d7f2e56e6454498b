import * as z from 'zod';

/** A port that can be forwarded, as the specification of the target names it. */
export interface OfferedPort {
  /** What the forward is asked for: of a Service its own port, of everything else the container's. */
  remote: number;
  name: string | null;
  /** Which container it belongs to; null for a Service. */
  container: string | null;
  /** Port-forwards carry TCP alone. */
  tcp: boolean;
}

const containersSchema = z.object({
  containers: z
    .array(
      z.object({
        name: z.string(),
        ports: z.array(z.object({ containerPort: z.number(), name: z.string().optional(), protocol: z.string().default('TCP') })).default([]),
      }),
    )
    .default([]),
});
const podSchema = z.object({ spec: containersSchema });
const templateSchema = z.object({ spec: z.object({ template: podSchema }) });
const serviceSchema = z.object({
  spec: z.object({ ports: z.array(z.object({ port: z.number(), name: z.string().optional(), protocol: z.string().default('TCP') })).default([]) }),
});

/** The ports of a pod, of a workload's template, or of a Service; empty where none is named, which says nothing about what listens. */
export function offeredPorts(kind: string, object: Readonly<Record<string, unknown>>): OfferedPort[] {
  if (kind === 'Service') {
    const ports = serviceSchema.safeParse(object).data?.spec.ports ?? [];
    return ports.map(({ port, name = null, protocol }) => ({ remote: port, name, container: null, tcp: protocol === 'TCP' }));
  }
  const pod = kind === 'Pod' ? podSchema.safeParse(object).data : templateSchema.safeParse(object).data?.spec.template;
  return (pod?.spec.containers ?? []).flatMap(({ name: container, ports }) =>
    ports.map(({ containerPort, name = null, protocol }) => ({ remote: containerPort, name, container, tcp: protocol === 'TCP' })),
  );
}
