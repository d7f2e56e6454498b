import { refLabel } from '@quarterdeck/contract';
import { offeredPorts } from '../routing/called-port.ts';
import { defineContainerLint, defineTemplateLint, lintedContainers } from './define-lint.ts';

export const envDuplicate = defineContainerLint({
  code: 'env-duplicate',
  title: 'Environment variable set twice',
  documentation: 'The last one wins without a word, and who edits the first one wonders why nothing changes. Keep one.',
  severity: 'low',
  silentWhen: 'The variable stands once in env; what envFrom brings is meant to be overridden.',
  *check({ container }) {
    const env = container.env ?? [];
    for (const [index, { name }] of env.entries()) {
      const first = env.findIndex((other) => other.name === name);
      if (first !== index) yield { path: `env[${index}].name`, message: `${name} is set at env[${first}] and again at env[${index}]; the last one wins.` };
    }
  },
});

const addressLike = /(HOST|ADDR|ADDRESS|URL|URI|ENDPOINT|SERVER)S?$/i;
const loopback = /(?:^|[/@])(?:localhost|127\.0\.0\.1)(?::(\d+))?/;
const listens = /BIND|LISTEN|ADVERTISE|SELF/i;

export const envLocalhost = defineContainerLint({
  code: 'env-localhost',
  title: 'Address of another program points to the own pod',
  documentation: 'localhost is the pod itself, and nothing in it declares that port. Usually a value from a developer’s machine; name the Service instead.',
  severity: 'low',
  silentWhen: 'A container of the pod declares the port, no port is named, or the variable says where the program itself listens.',
  *check({ container, template }) {
    const declared = lintedContainers(template).flatMap(({ container: each }) => each.ports ?? []);
    for (const [index, { name, value }] of (container.env ?? []).entries()) {
      const port = addressLike.test(name) && !listens.test(name) ? loopback.exec(value ?? '')?.[1] : undefined;
      if (port === undefined || template.spec.hostNetwork === true || declared.some(({ containerPort }) => containerPort === Number(port))) continue;
      yield { path: `env[${index}].value`, message: `${name} is ${value}: nothing in this pod declares port ${port}.` };
    }
  },
});

export const portDuplicate = defineTemplateLint({
  code: 'port-duplicate',
  title: 'Two containers of a pod declare one port',
  documentation:
    'The containers of a pod share one network: only one of them can listen on a port, the other fails with “address already in use”. Give one another port.',
  severity: 'low',
  silentWhen: 'The protocols differ, or one of them is an init container that ends.',
  *check(template) {
    const seen = new Map<string, string>();
    for (const { container, path, init } of lintedContainers(template)) {
      for (const [index, { containerPort, protocol = 'TCP' }] of init ? [] : (container.ports ?? []).entries()) {
        const key = `${protocol}/${containerPort}`;
        const other = seen.get(key);
        if (other === undefined) seen.set(key, container.name);
        else if (other !== container.name)
          yield { path: `${path}.ports[${index}]`, container: container.name, message: `Port ${containerPort} is declared by ${other} as well.` };
      }
    }
  },
});

export const calledServiceMissing = defineTemplateLint({
  code: 'called-service-missing',
  title: 'Configuration names a Service that does not exist',
  documentation:
    'An address in the environment, the arguments or a ConfigMap is one of this cluster’s own names, and no such Service exists. It bites when the program calls it.',
  severity: 'low',
  silentWhen: 'The name may lie outside the cluster, or the namespace it is in was not read.',
  *check({ holder }, view) {
    for (const { to, path, detail } of view.outgoing(holder, 'calls')) {
      if (to.kind === 'Service' && view.isMissing(to))
        yield { path, message: `${refLabel(to)} does not exist.`, ...(detail.container === undefined ? {} : { container: detail.container }) };
    }
  },
});

export const calledPortNotOffered = defineTemplateLint({
  code: 'called-port-not-offered',
  title: 'Configuration names a port that the Service does not offer',
  documentation:
    'An address in the environment, the arguments or a ConfigMap names a Service of this cluster with a port that it does not have. It bites when the program calls it.',
  severity: 'low',
  silentWhen: 'The Service is headless (its pods are called directly) or an ExternalName, or no port is named.',
  *check({ holder }, view) {
    for (const { to, path, detail } of view.outgoing(holder, 'calls')) {
      const service = detail.port === undefined ? undefined : view.get('Service', to.namespace, to.name);
      const { ports = [], clusterIP, type } = service?.spec ?? {};
      if (service === undefined || clusterIP === 'None' || type === 'ExternalName' || ports.length === 0) continue;
      if (ports.some(({ port, nodePort }) => port === Number(detail.port) || nodePort === Number(detail.port))) continue;
      yield { path, message: `Service ${to.name} offers ${offeredPorts(service).join(', ')}, not ${detail.port}.` };
    }
  },
});

export const environmentChecks = [envDuplicate, envLocalhost, portDuplicate, calledServiceMissing, calledPortNotOffered];
