import { parseQuantity } from '@quarterdeck/contract';
import type { Container } from 'kubernetes-types/core/v1.js';
import { parseImage } from '../../pods/image-name.ts';
import { formatQuantity } from '../../scheduling/quantity.ts';
import { defineContainerLint, defineTemplateLint } from '../define-lint.ts';

const policy = { pack: 'policy', severity: 'low' } as const;

export const imageDigest = defineContainerLint({
  ...policy,
  code: 'policy-image-digest',
  title: 'Image without a digest',
  documentation: 'A tag can be pushed anew; a digest (`@sha256:…`) is the one image that was tested.',
  silentWhen: 'The image is named with a digest.',
  *check({ container }) {
    if (container.image && parseImage(container.image).digest === null) yield { path: 'image', message: `Image ${container.image} has no digest.` };
  },
});

export const imageRegistry = defineContainerLint({
  ...policy,
  code: 'policy-image-registry',
  title: 'Image from another registry',
  documentation: 'Images may come only from the registries (or paths in them) of the threshold allowedRegistries.',
  silentWhen: 'No registry is asked for, or the full name begins with an allowed one.',
  *check({ container }, _view, { thresholds: { allowedRegistries } }) {
    const image = container.image ?? '';
    const { registry, repository } = parseImage(image);
    const names = [image, `${registry}/${repository}`, registry === 'docker.io' && !repository.includes('/') ? `docker.io/library/${repository}` : image];
    const isAllowed = allowedRegistries.some((allowed) =>
      names.some((name) => name === allowed || name.startsWith(allowed.endsWith('/') ? allowed : `${allowed}/`)),
    );
    if (image !== '' && allowedRegistries.length > 0 && !isAllowed)
      yield { path: 'image', message: `Image ${image} comes from ${registry}; allowed are ${allowedRegistries.join(', ')}.` };
  },
});

export const imageTag = defineContainerLint({
  ...policy,
  code: 'policy-image-tag',
  title: 'Image with a tag that is not wanted',
  documentation: 'The tag is one of the threshold disallowedTags, or there is none, which means latest.',
  silentWhen: 'A digest stands beside the tag.',
  *check({ container }, _view, { thresholds }) {
    const { tag, digest } = parseImage(container.image ?? '');
    const used = tag ?? 'latest';
    if (container.image && digest === null && thresholds.disallowedTags.includes(used))
      yield { path: 'image', message: `Image ${container.image} has the tag ${used}.` };
  },
});

const amount = (container: Container, list: 'requests' | 'limits', resource: string) => parseQuantity(container.resources?.[list]?.[resource]);

export const resourcesRequired = defineContainerLint({
  ...policy,
  code: 'policy-resources-required',
  title: 'Container without a CPU request, memory request or memory limit',
  documentation:
    'Every container says how much CPU and memory it needs and how much memory it may take at most. A CPU limit is not asked for: it slows a program down where the node has room.',
  silentWhen: 'All three are set.',
  *check({ container, init }) {
    const missing = [
      ...(amount(container, 'requests', 'cpu') === null && amount(container, 'limits', 'cpu') === null ? ['CPU request'] : []),
      ...(amount(container, 'requests', 'memory') === null && amount(container, 'limits', 'memory') === null ? ['memory request'] : []),
      ...(amount(container, 'limits', 'memory') === null ? ['memory limit'] : []),
    ];
    if (!init && missing.length > 0) yield { path: 'resources', message: `It has no ${missing.join(', no ')}.` };
  },
});

const ceilings = [
  ['limits', 'cpu', 'maxCpuLimit'],
  ['limits', 'memory', 'maxMemoryLimit'],
  ['requests', 'cpu', 'maxCpuRequest'],
  ['requests', 'memory', 'maxMemoryRequest'],
  ['limits', 'ephemeral-storage', 'maxEphemeralStorage'],
] as const;

export const resourcesCeiling = defineContainerLint({
  ...policy,
  code: 'policy-resources-too-large',
  title: 'Container that asks for more than is allowed',
  documentation: 'A request or limit is above the thresholds maxCpuLimit, maxMemoryLimit, maxCpuRequest, maxMemoryRequest or maxEphemeralStorage.',
  silentWhen: 'The value is not set; policy-resources-required tells of that.',
  *check({ container }, _view, { thresholds }) {
    for (const [list, resource, name] of ceilings) {
      const value = amount(container, list, resource);
      if (value !== null && value > thresholds[name])
        yield {
          path: `resources.${list}["${resource}"]`,
          message: `${resource} ${list.slice(0, -1)} ${container.resources?.[list]?.[resource]} is above ${formatQuantity(resource, thresholds[name])}.`,
        };
    }
  },
});

export const resourcesRatio = defineContainerLint({
  ...policy,
  code: 'policy-resources-ratio',
  title: 'Limit far above the request',
  documentation: 'A limit that is many times the request lets the node be sold several times over. The thresholds are maxCpuRatio and maxMemoryRatio.',
  silentWhen: 'Request or limit is missing.',
  *check({ container }, _view, { thresholds }) {
    for (const [resource, most] of [
      ['cpu', thresholds.maxCpuRatio],
      ['memory', thresholds.maxMemoryRatio],
    ] as const) {
      const [request, limit] = [amount(container, 'requests', resource), amount(container, 'limits', resource)];
      if (request === null || limit === null || request === 0 || limit / request <= most) continue;
      yield {
        path: `resources.limits.${resource}`,
        message: `The ${resource} limit is ${Math.round((limit / request) * 10) / 10} times the request; ${most} is allowed.`,
      };
    }
  },
});

const runs = new Set(['Job', 'CronJob']);

export const probesRequired = defineContainerLint({
  ...policy,
  code: 'policy-probes-required',
  title: 'Container without a liveness or readiness probe',
  documentation: 'Every container that runs on says when it may be sent traffic and when it must be restarted.',
  silentWhen: 'Init containers, and pods of Jobs, which end.',
  *check({ container, init, template }) {
    const missing = (['livenessProbe', 'readinessProbe'] as const).filter((probe) => container[probe] === undefined);
    if (!init && !runs.has(template.holder.kind) && missing.length > 0) yield { message: `It has no ${missing.join(' and no ')}.` };
  },
});

export const noTerminal = defineContainerLint({
  ...policy,
  code: 'policy-no-terminal',
  title: 'Container with a terminal',
  documentation: 'stdin and tty are for people; a program that runs by itself does not need them.',
  silentWhen: 'Only one of the two is set to keep a shell alive.',
  *check({ container }) {
    if (container.stdin === true && container.tty === true) yield { path: 'tty', message: 'stdin and tty are true.' };
  },
});

export const noToken = defineTemplateLint({
  ...policy,
  code: 'policy-no-token',
  title: 'ServiceAccount token is mounted',
  documentation: 'A program that does not talk to the API server has no use for a token: set automountServiceAccountToken to false.',
  silentWhen: 'The pod or its account switches the mount off.',
  *check({ holder, spec, path }, view) {
    const account = view.get('ServiceAccount', holder.namespace, spec.serviceAccountName ?? 'default');
    const mounted = spec.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true;
    if (mounted)
      yield { path: `${path}.automountServiceAccountToken`, message: `The token of ServiceAccount ${spec.serviceAccountName ?? 'default'} is mounted.` };
  },
});

export const containerPolicies = [
  imageDigest,
  imageRegistry,
  imageTag,
  resourcesRequired,
  resourcesCeiling,
  resourcesRatio,
  probesRequired,
  noTerminal,
  noToken,
];
