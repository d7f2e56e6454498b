import { createHash } from 'node:crypto';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError, type LoginConsent } from '@quarterdeck/contract';
import { commandPath } from '../credentials/exec-plugin.ts';
import { isSecretName } from '../redaction/secret-names.ts';
import type { Located } from './kubeconfig-file.ts';
import type { ClusterEntry, UserEntry } from './kubeconfig-schema.ts';

/** What a person agreed to, by the consent's id. */
export interface ConsentStore {
  has(id: string): Promise<boolean>;
  add(consent: LoginConsent): Promise<void>;
}

/** One file a consent, for the owner alone. */
export function fileConsentStore(folder: string): ConsentStore {
  const pathOf = (id: string) => join(folder, `${id}.json`);
  return {
    has: (id) =>
      access(pathOf(id)).then(
        () => true,
        () => false,
      ),
    async add(consent) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(pathOf(consent.id), `${JSON.stringify({ ...consent, given: new Date().toISOString() }, null, 2)}\n`, { mode: 0o600 });
    },
  };
}

/**
 * What the entries of a kubeconfig that somebody else brought want to run and read; null for nothing. The id is that of
 * exactly this, server included: a program would run with the rights of whoever imported the file, and a file that is
 * named as token or key would be sent to a server of the importer's choice.
 */
export function consentFor(cluster: Located<ClusterEntry>, user: Located<UserEntry> | null): LoginConsent | null {
  const { exec, tokenFile, 'client-certificate': certificate, 'client-key': key, 'auth-provider': provider } = user?.value ?? {};
  const ofUser = [tokenFile, certificate, key, provider?.config?.['idp-certificate-authority']];
  const files = [...beside(cluster.file, [cluster.value['certificate-authority']]), ...beside(user?.file ?? '', ofUser)];
  if (!exec && files.length === 0) return null;
  const command = exec && user ? [commandPath({ ...user, value: exec }), ...(exec.args ?? [])] : null;
  const environment = exec?.env ?? [];
  const { server, 'proxy-url': proxy, 'insecure-skip-tls-verify': insecure } = cluster.value;
  const id = createHash('sha256')
    .update(JSON.stringify([command, environment, files, server, proxy ?? null, insecure === true]))
    .digest('hex');
  const shown = environment.map(({ name, value }) => ({ name, value: isSecretName(name) ? null : value }));
  return { id, command, environment: shown, files, server, proxy: proxy ? withoutPassword(proxy) : null, serverChecked: insecure !== true };
}

function withoutPassword(proxy: string): string {
  const url = URL.parse(proxy);
  if (url === null || url.password === '') return proxy;
  url.password = 'hidden';
  return url.href;
}

/** Throws FORBIDDEN with `details.consent`. */
export async function requireConsent(cluster: Located<ClusterEntry>, user: Located<UserEntry> | null, store: ConsentStore | undefined): Promise<void> {
  const consent = consentFor(cluster, user);
  if (consent === null || (await store?.has(consent.id))) return;
  const { file, line } = user ?? cluster;
  throw new AppError('FORBIDDEN', `This context comes from an imported kubeconfig and wants to ${sentence(consent)}.`, {
    hint:
      store === undefined
        ? 'Look at the file first. If you trust it, put it into KUBECONFIG, as for kubectl.'
        : 'Look at it first. If you trust it, allow exactly this from the cluster in the workbench, or put the file into KUBECONFIG, as for kubectl.',
    details: { file, line, login: 'consent', consent },
  });
}

function sentence({ command, environment, files, server }: LoginConsent): string {
  const reads = files.length === 0 ? [] : [`read ${files.length === 1 ? 'the file' : 'the files'} ${files.join(', ')} for ${server}`];
  if (command === null) return reads.join('');
  const variables = environment.length === 0 ? '' : ` with ${environment.map(({ name, value }) => `${name}=${value ?? '(hidden)'}`).join(' ')}`;
  return [`run the program ${command.join(' ')}${variables}`, ...reads].join(' and ');
}

function beside(file: string, paths: readonly (string | null | undefined)[]): string[] {
  return paths.flatMap((path) => (path ? [resolve(dirname(file), path)] : []));
}
