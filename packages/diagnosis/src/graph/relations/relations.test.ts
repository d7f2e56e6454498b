import { refLabel } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { fromYaml, testView } from '../../testing/index.ts';

/** Every edge that leaves these objects, as `type path → target {detail}`, without those of namespaces. */
function edgesOf(text: string): string[] {
  const objects = fromYaml(text);
  const { view } = testView(objects);
  const first = objects[0];
  if (first === undefined) return [];
  const from = { apiVersion: first.apiVersion, kind: first.kind, namespace: first.metadata.namespace ?? null, name: first.metadata.name };
  return view.outgoing(from).map(({ type, path, to, detail }) => {
    const particulars = Object.entries(detail).map(([key, value]) => ` ${key}=${String(value)}`);
    return `${type} ${path} → ${refLabel(to)}${particulars.join('')}`;
  });
}

describe('relations', () => {
  it('of a pod carry the exact place', () => {
    const edges = edgesOf(`
kind: Pod
metadata: {name: p}
spec:
  nodeName: n1
  schedulerName: my-scheduler
  serviceAccountName: robot
  priorityClassName: high
  imagePullSecrets: [{name: pull}]
  initContainers:
    - {name: init, env: [{name: A, valueFrom: {secretKeyRef: {name: keys, key: a, optional: true}}}]}
  containers:
    - {name: app, envFrom: [{configMapRef: {name: env}}], env: [{name: B, valueFrom: {configMapKeyRef: {name: env2, key: b}}}]}
  volumes:
    - {name: v0, configMap: {name: conf}}
    - {name: v1, secret: {secretName: tls, items: [{key: tls.crt, path: x}]}}
    - {name: v2, persistentVolumeClaim: {claimName: data}}
    - {name: v3, projected: {sources: [{serviceAccountToken: {path: t}}, {configMap: {name: conf2, optional: true}}]}}
    - {name: scratch, ephemeral: {volumeClaimTemplate: {spec: {}}}}
`);
    expect(edges).toEqual([
      'mounts spec.volumes[0].configMap.name → ConfigMap shop/conf',
      'mounts spec.volumes[1].secret.items[0].key → Secret shop/tls key=tls.crt',
      'mounts spec.volumes[2].persistentVolumeClaim.claimName → PersistentVolumeClaim shop/data',
      'mounts spec.volumes[3].projected.sources[1].configMap.name → ConfigMap shop/conf2 optional=true',
      'mounts spec.volumes[4].ephemeral → PersistentVolumeClaim shop/p-scratch',
      'reads spec.initContainers[0].env[0].valueFrom.secretKeyRef → Secret shop/keys container=init optional=true key=a',
      'reads spec.containers[0].env[0].valueFrom.configMapKeyRef → ConfigMap shop/env2 container=app key=b',
      'reads spec.containers[0].envFrom[0].configMapRef.name → ConfigMap shop/env container=app',
      'pullsWith spec.imagePullSecrets[0].name → Secret shop/pull',
      'runsAs spec.serviceAccountName → ServiceAccount shop/robot',
      'runsOn spec.nodeName → Node n1',
      'schedules spec.schedulerName → Scheduler my-scheduler',
      'classes spec.priorityClassName → PriorityClass high',
    ]);
  });

  it('of a controller come from its template', () => {
    expect(edgesOf('kind: CronJob\nmetadata: {name: c}\nspec: {jobTemplate: {spec: {template: {spec: {serviceAccountName: robot}}}}}')).toEqual([
      'runsAs spec.jobTemplate.spec.template.spec.serviceAccountName → ServiceAccount shop/robot',
    ]);
  });

  it('of an Ingress name backends, class and certificates', () => {
    const edges = edgesOf(`
kind: Ingress
metadata: {name: i, annotations: {kubernetes.io/ingress.class: old}}
spec:
  defaultBackend: {service: {name: fallback, port: {number: 80}}}
  rules: [{http: {paths: [{path: /, backend: {service: {name: web, port: {name: http}}}}]}}]
  tls: [{secretName: cert}]
`);
    expect(edges).toEqual([
      'routes spec.defaultBackend.service.name → Service shop/fallback port=80',
      'routes spec.rules[0].http.paths[0].backend.service.name → Service shop/web port=http',
      'mounts spec.tls[0].secretName → Secret shop/cert',
      'classes metadata.annotations["kubernetes.io/ingress.class"] → IngressClass old',
    ]);
  });

  it('of storage, autoscalers, webhooks, quotas and bindings', () => {
    const withDefault =
      'kind: PersistentVolumeClaim\nmetadata: {name: c}\nspec: {volumeName: pv1}\n---\nkind: StorageClass\nmetadata: {name: std, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}';
    expect(edgesOf(withDefault)).toEqual(['provisions spec.storageClassName → StorageClass std', 'claims spec.volumeName → PersistentVolume pv1']);
    expect(
      edgesOf(
        'kind: PersistentVolumeClaim\nspec: {storageClassName: ""}\n---\nkind: StorageClass\nmetadata: {name: std, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}',
      ),
    ).toEqual([]);
    expect(edgesOf('kind: HorizontalPodAutoscaler\nspec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}')).toEqual([
      'scales spec.scaleTargetRef.name → Deployment shop/web',
    ]);
    expect(edgesOf('kind: ValidatingWebhookConfiguration\nwebhooks: [{name: v.io, clientConfig: {service: {name: hook, namespace: sys}}}]')).toEqual([
      'admits webhooks[0].clientConfig.service.name → Service sys/hook key=v.io port=443',
    ]);
    expect(edgesOf('kind: ResourceQuota')).toEqual(['guards metadata.namespace → Namespace shop']);
    expect(edgesOf('kind: RoleBinding\nroleRef: {kind: Role, name: r}\nsubjects: [{kind: User, name: u}, {kind: ServiceAccount, name: robot}]')).toEqual([
      'grants roleRef.name → Role shop/r',
      'binds subjects[1].name → ServiceAccount shop/robot',
    ]);
  });

  it('by selectors honour expressions, namespaces and what empty means', () => {
    const pods = 'kind: Pod\nmetadata: {name: a, labels: {app: web, tier: x}}\n---\nkind: Pod\nmetadata: {name: b, namespace: other, labels: {app: web}}';
    expect(edgesOf(`kind: Service\nspec: {selector: {app: web}}\n---\n${pods}`)).toEqual(['selects spec.selector → Pod shop/a']);
    expect(edgesOf(`kind: Service\nspec: {selector: {}}\n---\n${pods}`)).toEqual([]);
    expect(edgesOf(`kind: NetworkPolicy\nspec: {podSelector: {}}\n---\n${pods}`)).toEqual(['guards spec.podSelector → Pod shop/a']);
    const expressions = '[{key: tier, operator: In, values: [x, y]}, {key: gone, operator: DoesNotExist}]';
    expect(edgesOf(`kind: PodDisruptionBudget\nspec: {selector: {matchExpressions: ${expressions}}}\n---\n${pods}`)).toEqual([
      'guards spec.selector → Pod shop/a',
    ]);
    expect(edgesOf(`kind: PodDisruptionBudget\nspec: {selector: {matchExpressions: [{key: tier, operator: NotIn, values: [x]}]}}\n---\n${pods}`)).toEqual([]);
  });
});
