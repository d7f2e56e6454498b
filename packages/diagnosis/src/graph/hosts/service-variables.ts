import { type KindTypes, type ObjectRef, refOf, refTo } from '@quarterdeck/contract';
import type { ClusterView } from '../../view/cluster-view.ts';

/** Where Services are looked up. */
type Services = Pick<ClusterView, 'get'>;

/** A mention of a variable that the kubelet sets for a Service: `REDIS_SERVICE_HOST`, `REDIS_PORT_6379_TCP_ADDR`. */
export interface ServiceVariable {
  service: ObjectRef;
  port: number | null;
}

const variable = /(\$[({]?)?\b([A-Z][A-Z0-9_]*?)_(?:SERVICE_(HOST|PORT)(?:_[A-Z0-9_]+)?|PORT_(\d+)_(?:TCP|UDP)(?:_(?:ADDR|PORT))?)\b(:-)?/g;

/**
 * The Services whose variables a text uses. Where no Service fits, only an expanded variable (`$(NAME_SERVICE_HOST)`)
 * without a default and that the container does not set itself counts, and names the Service as it would be spelled.
 */
export function serviceVariables(text: string, namespace: string, services: Services, ownNames: ReadonlySet<string>): ServiceVariable[] {
  if (!text.includes('_SERVICE_') && !text.includes('_PORT_')) return [];
  const found: ServiceVariable[] = [];
  for (const [whole, dollar, prefix = '', , linkPort, fallback] of text.matchAll(variable)) {
    if (ownNames.has(whole.replace(/^\$[({]?/, '').replace(/:-$/, ''))) continue;
    const service = withPrefix(services, namespace, prefix);
    const port = linkPort === undefined ? (service?.spec?.ports?.[0]?.port ?? null) : Number(linkPort);
    if (service !== undefined) found.push({ service: refOf(service), port });
    else if (dollar !== undefined && fallback === undefined) found.push({ service: refTo('Service', namespace, spelled(prefix)), port });
  }
  return found;
}

/** What a variable stands for in a text: the Service's name for its host, the number for its port. Undefined for other variables. */
export function serviceVariableValue(name: string, namespace: string, services: Services): string | undefined {
  const match = /^([A-Z][A-Z0-9_]*?)_SERVICE_(HOST|PORT)$/.exec(name);
  if (match === null) return undefined;
  const service = withPrefix(services, namespace, match[1] ?? '');
  if (match[2] === 'PORT') return service?.spec?.ports?.[0]?.port.toString();
  if (service?.metadata.namespace === namespace) return service.metadata.name;
  return service === undefined ? undefined : `${service.metadata.name}.${service.metadata.namespace}`;
}

/** The kubelet spells names in upper case with underscores, which goes back one way alone. The API server's Service is known in every namespace. */
function withPrefix(services: Services, namespace: string, prefix: string): KindTypes['Service'] | undefined {
  return services.get('Service', namespace, spelled(prefix)) ?? (prefix === 'KUBERNETES' ? services.get('Service', 'default', 'kubernetes') : undefined);
}

function spelled(prefix: string): string {
  return prefix.toLowerCase().replaceAll('_', '-');
}
