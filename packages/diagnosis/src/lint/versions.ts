import { groupOf, isKind } from '@quarterdeck/contract';
import { podTemplateKinds } from '../graph/pod-template.ts';
import { defineLint } from './define-lint.ts';

const minorOf = (version: string | undefined) => Number(/^v?\d+\.(\d+)/.exec(version ?? '')?.[1] ?? Number.NaN);

/** A kubelet may be three minor versions older than its API server, and never newer. */
const mostSkew = 3;

export const nodeVersionSkew = defineLint({
  code: 'node-version-skew',
  title: 'Kubelet too far from the version of its API server',
  documentation:
    'A kubelet may be three minor versions older than the API server and never newer; beyond that fields are lost and pods behave in ways that nobody tests. Upgrade the node, or the control plane first.',
  severity: 'low',
  silentWhen: 'The kubelet is at most three minor versions older, or the version of the API server is not known.',
  kind: 'Node',
  *check({ status }, _view, { serverMinor }) {
    const kubelet = status?.nodeInfo?.kubeletVersion;
    const behind = (serverMinor ?? Number.NaN) - minorOf(kubelet);
    if (behind > mostSkew || behind < 0)
      yield { path: 'status.nodeInfo.kubeletVersion', message: `The kubelet is ${kubelet}, the API server 1.${serverMinor}.` };
  },
});

/** The last day of patches, by minor version (kubernetes.io/releases). */
const endOfLife: Readonly<Record<number, string>> = {
  28: '2024-10-28',
  29: '2025-02-28',
  30: '2025-06-28',
  31: '2025-10-28',
  32: '2026-02-28',
  33: '2026-06-28',
  34: '2026-10-27',
  35: '2027-02-28',
  36: '2027-06-28',
};

export const nodeVersionEnded = defineLint({
  code: 'node-version-ended',
  title: 'Kubernetes version that gets no more patches',
  documentation: 'The minor version of the kubelet is past the end of its life, so that no security flaw of it is mended any more. Upgrade.',
  severity: 'info',
  silentWhen: 'The version still gets patches; a vendor may support it for longer.',
  kind: 'Node',
  *check({ status }, view) {
    const minor = minorOf(status?.nodeInfo?.kubeletVersion);
    const end = minor < 28 ? '2024-06-28' : endOfLife[minor];
    if (end !== undefined && Date.parse(end) < view.now)
      yield { path: 'status.nodeInfo.kubeletVersion', message: `${status?.nodeInfo?.kubeletVersion} has had no patches since ${end}.` };
  },
});

interface Removal {
  kinds: readonly string[] | 'all';
  /** The minor version without it. */
  minor: number;
  instead: string;
}

/** kubernetes.io/docs/reference/using-api/deprecation-guide; the version in which an API is served no more. */
const removals: Readonly<Record<string, readonly Removal[]>> = {
  'extensions/v1beta1': [
    { kinds: ['Deployment', 'DaemonSet', 'ReplicaSet'], minor: 16, instead: 'apps/v1' },
    { kinds: 'all', minor: 22, instead: 'networking.k8s.io/v1' },
  ],
  'apps/v1beta1': [{ kinds: 'all', minor: 16, instead: 'apps/v1' }],
  'apps/v1beta2': [{ kinds: 'all', minor: 16, instead: 'apps/v1' }],
  'networking.k8s.io/v1beta1': [{ kinds: ['Ingress', 'IngressClass'], minor: 22, instead: 'networking.k8s.io/v1' }],
  'rbac.authorization.k8s.io/v1beta1': [{ kinds: 'all', minor: 22, instead: 'rbac.authorization.k8s.io/v1' }],
  'rbac.authorization.k8s.io/v1alpha1': [{ kinds: 'all', minor: 22, instead: 'rbac.authorization.k8s.io/v1' }],
  'admissionregistration.k8s.io/v1beta1': [
    { kinds: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'], minor: 22, instead: 'admissionregistration.k8s.io/v1' },
    { kinds: ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'], minor: 34, instead: 'admissionregistration.k8s.io/v1' },
  ],
  'apiregistration.k8s.io/v1beta1': [{ kinds: 'all', minor: 22, instead: 'apiregistration.k8s.io/v1' }],
  'certificates.k8s.io/v1beta1': [{ kinds: ['CertificateSigningRequest'], minor: 22, instead: 'certificates.k8s.io/v1' }],
  'scheduling.k8s.io/v1beta1': [{ kinds: 'all', minor: 22, instead: 'scheduling.k8s.io/v1' }],
  'storage.k8s.io/v1beta1': [{ kinds: ['StorageClass', 'CSIDriver', 'CSINode', 'VolumeAttachment'], minor: 22, instead: 'storage.k8s.io/v1' }],
  'batch/v1beta1': [{ kinds: 'all', minor: 25, instead: 'batch/v1' }],
  'batch/v2alpha1': [{ kinds: 'all', minor: 21, instead: 'batch/v1' }],
  'policy/v1beta1': [{ kinds: 'all', minor: 25, instead: 'policy/v1' }],
  'discovery.k8s.io/v1beta1': [{ kinds: 'all', minor: 25, instead: 'discovery.k8s.io/v1' }],
  'node.k8s.io/v1beta1': [{ kinds: 'all', minor: 25, instead: 'node.k8s.io/v1' }],
  'autoscaling/v2beta1': [{ kinds: 'all', minor: 25, instead: 'autoscaling/v2' }],
  'autoscaling/v2beta2': [{ kinds: 'all', minor: 26, instead: 'autoscaling/v2' }],
};

const written = [
  ...podTemplateKinds,
  'Ingress',
  'IngressClass',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'HorizontalPodAutoscaler',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'PriorityClass',
  'StorageClass',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
] as const;

export const apiDeprecated = defineLint({
  code: 'api-deprecated',
  title: 'Written with an API version that is removed',
  documentation:
    'Who writes this object (its manifest, chart or controller) still uses an API version that Kubernetes has removed: the next apply on a newer cluster is refused. Change the apiVersion in the source.',
  severity: 'low',
  silentWhen: 'The object was written with a version that is still served; what people keep in files cannot be seen.',
  kind: written,
  *check(object) {
    if (isKind(object, 'Pod') || (object.metadata.ownerReferences ?? []).length > 0) return;
    for (const [index, { apiVersion, manager }] of (object.metadata.managedFields ?? []).entries()) {
      const removal = removals[apiVersion ?? '']?.find(({ kinds }) => kinds === 'all' || kinds.includes(object.kind));
      if (removal === undefined || groupOf(apiVersion ?? '') === '') continue;
      yield {
        path: `metadata.managedFields[${index}].apiVersion`,
        message: `${manager ?? 'Somebody'} wrote it as ${apiVersion}, removed in 1.${removal.minor}; ${removal.instead} takes its place.`,
      };
    }
  },
});

export const versionChecks = [nodeVersionSkew, nodeVersionEnded, apiDeprecated];
