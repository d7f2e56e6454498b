import type { KubeObject } from '@quarterdeck/contract';
import { fromYaml } from './from-yaml.ts';
import { crashLoopStatus, podEventYaml, unreadyStatus, workloadYaml } from './workload-yaml.ts';

const ground = `
kind: Namespace
metadata: {name: shop}
---
kind: Node
metadata: {name: node-1, labels: {disk: ssd}}
status:
  conditions: [{type: Ready, status: "True", lastTransitionTime: 2026-05-04T09:00:00Z}]
  allocatable: {cpu: "4", memory: 8Gi, pods: "110"}
---
kind: ServiceAccount
metadata: {name: default}
---
kind: StorageClass
metadata: {name: fast, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: disk.example.com
---
kind: IngressClass
metadata: {name: public}
spec: {controller: example.com/ingress}
---
`;

function service(name: string, selector: string, port = 80): string {
  return `kind: Service\nmetadata: {name: ${name}}\nspec: {clusterIP: 10.0.0.${name.length}, selector: {app: ${selector}}, ports: [{port: ${port}, targetPort: 8080}]}\n---\n`;
}

const webEnv = `
image: web:1
ports: [{containerPort: 8080}]
env: [{name: DB_URL, value: "postgres://db:5432/shop"}]
envFrom: [{configMapRef: {name: web-settings}}]`;

const settings = 'kind: ConfigMap\nmetadata: {name: web-settings}\ndata: {CATALOG: "http://catalog.shop.svc:80"}\n---\n';

const around = `
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: public
  rules: [{host: shop.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
status: {loadBalancer: {ingress: [{ip: 203.0.113.1}]}}
---
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
status: {observedGeneration: 1, disruptionsAllowed: 1, currentHealthy: 1, desiredHealthy: 0, expectedPods: 1}
---
kind: NetworkPolicy
metadata: {name: open}
spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{}]}
---
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 3}
status: {currentReplicas: 1, desiredReplicas: 1, conditions: [{type: AbleToScale, status: "True"}, {type: ScalingActive, status: "True"}]}
---
`;

/** Everything works: a front end, what it calls, and what stands around it. */
export function healthyCluster(): KubeObject[] {
  const workloads = [workloadYaml({ name: 'web', container: webEnv }), workloadYaml({ name: 'db' }), workloadYaml({ name: 'catalog' })];
  const services = [service('web', 'web'), service('db', 'db', 5432), service('catalog', 'catalog')];
  return fromYaml([ground, ...workloads, ...services, settings, around].join('\n'));
}

/** The same with faults that hang together and faults that do not. */
export function brokenCluster(): KubeObject[] {
  const waiting = '{waiting: {reason: CreateContainerConfigError, message: \'configmap "api-settings" not found\'}}';
  const pulling = '{waiting: {reason: ImagePullBackOff, message: \'Back-off pulling image "web:2"\'}}';
  const workloads = [
    workloadYaml({ name: 'web', container: webEnv, status: crashLoopStatus(1) }),
    workloadYaml({ name: 'db', status: crashLoopStatus(137, 'OOMKilled') }),
    workloadYaml({ name: 'catalog', container: 'image: web:2', status: unreadyStatus(pulling) }),
    workloadYaml({ name: 'api', container: 'image: web:1\nenvFrom: [{configMapRef: {name: api-settings}}]', status: unreadyStatus(waiting) }),
    workloadYaml({
      name: 'late',
      status:
        'phase: Pending\nconditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: "0/1 nodes are available: 1 Insufficient cpu."}]',
      nodeName: null,
    }),
  ];
  const services = [service('web', 'web'), service('db', 'db', 5432), service('catalog', 'catalogue'), service('api', 'api')];
  const events = [
    podEventYaml('api', 'Failed', 'Error: configmap "api-settings" not found'),
    podEventYaml('web', 'BackOff', 'Back-off restarting failed container app'),
  ];
  return fromYaml([ground, ...workloads, ...services, settings, around, ...events].join('\n'));
}
