import { AppError, type MetricTarget, metricTargetSchema, type RouteInput, type routes } from '@quarterdeck/contract';

type Input = RouteInput<typeof routes.getMetricsHistory>;

/** The target that the fields of a query name together. Throws VALIDATION_ERROR where one is missing. */
export function metricTarget({
  target,
  namespace,
  name,
  pod,
  workloadKind,
}: Pick<Input, 'target' | 'namespace' | 'name' | 'pod' | 'workloadKind'>): MetricTarget {
  const parsed = metricTargetSchema.safeParse({ kind: target, namespace, name, pod, workloadKind });
  if (parsed.success) return parsed.data;
  const missing = parsed.error.issues.map(({ path }) => path.join('.')).join(' and ');
  throw new AppError('VALIDATION_ERROR', `A ${target} is named with ${missing} too.`, { hint: `Add ${missing} to the query.` });
}
