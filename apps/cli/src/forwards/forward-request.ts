import { AppError, type ForwardPort, type ForwardRequest } from '@quarterdeck/contract';

interface TypedForward {
  target?: string | undefined;
  ports: readonly string[];
  selector?: string | undefined;
  address: string;
}

/** What was typed, as a request. With a selector the first word is a port. Throws VALIDATION_ERROR. */
export function forwardRequestOf({ target, ports, selector, address }: TypedForward, namespace: string): ForwardRequest {
  const texts = selector === undefined || target === undefined ? ports : [target, ...ports];
  if (target === undefined && selector === undefined) {
    throw new AppError('VALIDATION_ERROR', 'Neither a target nor --selector is given.', { hint: 'Add TYPE/NAME and a port, as svc/web 8080:80.' });
  }
  if (texts.length === 0) throw new AppError('VALIDATION_ERROR', 'No port is given.', { hint: 'Add one, as 8080:80.' });
  const where = { namespace, address: address === 'localhost' ? '127.0.0.1' : address, ports: texts.map(parsePort) };
  if (selector !== undefined || target === undefined) return { ...where, kind: 'Pod', selector };
  const slash = target.indexOf('/');
  return { ...where, kind: slash < 0 ? 'Pod' : target.slice(0, slash), name: target.slice(slash + 1) };
}

/** `8080:80`, `80`, `:http`. */
function parsePort(text: string): ForwardPort {
  const [, local, remote = ''] = /^(?:(\d{0,5}):)?([\w-]+)$/.exec(text) ?? [];
  const number = /^\d+$/.test(remote) ? Number(remote) : null;
  const port = { local: local === undefined ? (number ?? 0) : Number(local), remote: number ?? remote };
  const fits = remote !== '' && port.local <= 65_535 && (number === null || (number > 0 && number <= 65_535));
  if (fits) return port;
  throw new AppError('VALIDATION_ERROR', `"${text}" is no port.`, { hint: 'Give LOCAL:REMOTE, REMOTE or :REMOTE, as 8080:80.' });
}

/** `shop/svc/web`, or its labels. */
export function targetText({ namespace, kind, name, selector }: ForwardRequest): string {
  return `${namespace}/${name === undefined ? selector : `${kind}/${name}`}`;
}

/** What a forward is called that was given no name: `web-8080`. */
export function nameOfRequest({ name, selector, ports }: ForwardRequest): string {
  const what = (name ?? selector ?? '').replace(/[^A-Za-z0-9]+/g, '-').replace(/^-/, '');
  return `${what.slice(0, 30)}-${ports[0]?.local || ports[0]?.remote}`;
}
