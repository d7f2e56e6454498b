import { request } from 'node:https';
import type { ConnectionSettings } from '../kubeconfig/cluster-context.ts';

/** Writes to a test cluster, which the package itself never does. Resolves with the HTTP status. */
export async function sendObject(connection: ConnectionSettings, method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<number> {
  const { authorization, clientCertificate, clientKey } = await connection.credentials.current(AbortSignal.timeout(60_000));
  const certificateAuthority = await connection.certificateAuthority();
  const tls = { ca: certificateAuthority ?? undefined, cert: clientCertificate ?? undefined, key: clientKey ?? undefined };
  const headers = { 'content-type': 'application/json', ...(authorization === null ? {} : { authorization }) };
  return new Promise((resolve, reject) => {
    const sent = request(`${connection.server}${path}`, { ...tls, method, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
