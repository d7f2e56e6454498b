import type { ClusterView } from '../view/cluster-view.ts';
import { defineContainerLint } from './define-lint.ts';

export const resourcesNone = defineContainerLint({
  code: 'resources-none',
  title: 'Container without requests and limits',
  documentation:
    'The scheduler places the pod as if it needed nothing, and the kubelet evicts it first when memory is short. Request what the program usually uses.',
  severity: 'low',
  silentWhen: 'An init container, a container with any request or limit, or a namespace whose LimitRange fills them in.',
  *check({ container, init, template }, view) {
    const { requests, limits } = container.resources ?? {};
    if (init || requests !== undefined || limits !== undefined || 'resources' in template.spec || hasDefaults(template.holder.namespace, view)) return;
    yield { message: `Container ${container.name} requests no CPU and no memory.` };
  },
});

function hasDefaults(namespace: string | null, view: ClusterView): boolean {
  const ranges = view.list('LimitRange', namespace ?? '');
  return ranges.some(({ spec }) =>
    spec?.limits?.some((limit) => limit.type === 'Container' && (limit.default !== undefined || limit.defaultRequest !== undefined)),
  );
}

export const memoryLimitMissing = defineContainerLint({
  code: 'memory-limit-missing',
  title: 'Container without a memory limit',
  documentation:
    'A leak in this container takes the memory of the node, and the kernel then kills whatever it finds. A memory limit keeps the harm inside the container. A missing CPU limit is often meant and not told.',
  severity: 'info',
  silentWhen: 'Nothing at all is set (resources-none says so), or a LimitRange fills it in.',
  *check({ container, init, template }, view) {
    const { requests, limits } = container.resources ?? {};
    if (init || (requests === undefined && limits === undefined) || limits?.memory !== undefined || hasDefaults(template.holder.namespace, view)) return;
    yield { path: 'resources', message: `Container ${container.name} may use all memory of its node.` };
  },
});

export const resourceChecks = [resourcesNone, memoryLimitMissing];
