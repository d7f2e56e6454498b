const workload = (name: string, replicas: number, labels: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, labels: {app: ${name}, ${labels}}, annotations: {note: "a < b & c"}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}, ${labels}}}
    spec:
      terminationGracePeriodSeconds: 0
      containers: [{name: main, image: "docker.io/local/pause:1", imagePullPolicy: IfNotPresent}]
---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80, name: http}]}
---`;

/** What kubectl and qd are asked about: a little of everything. */
export function comparedObjects(namespace: string): string {
  const inNamespace = [
    workload('web', 2, 'tier: front'),
    workload('cache', 1, 'tier: back'),
    `
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {colour: blue, "dotted.key": "on", lines: "one\\ntwo\\n", odd: "yes", number: "0644", empty: ""}
---
apiVersion: v1
kind: Secret
metadata: {name: login}
stringData: {password: hunter2}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: "0 3 * * *"
  suspend: true
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: "docker.io/local/pause:1"}]}}}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed}
spec: {podSelector: {}, policyTypes: [Ingress]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {rules: [{host: web.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`,
  ].join('');
  const documents = inNamespace.split('\n---').map((text) => text.replace(/metadata: \{name: ([\w-]+)/, `metadata: {namespace: ${namespace}, name: $1`));
  return [`apiVersion: v1\nkind: Namespace\nmetadata: {name: ${namespace}}`, ...documents].join('\n---\n');
}
