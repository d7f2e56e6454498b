import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { whoAmI as askWhoAmI, type UserInfo } from '../auth/who-am-i.ts';
import { memoryTokenStore } from '../credentials/token-store.ts';
import { runInPod } from '../exec/run-in-pod.ts';
import type { ConnectionSettings } from '../kubeconfig/cluster-context.ts';
import { type KubeconfigSources, loadKubeconfig, systemKubeconfigSources } from '../kubeconfig/load-kubeconfig.ts';
import { createHttpTransport } from '../transport/http-transport.ts';
import type { Transport } from '../transport/transport.ts';
import { OidcIssuer } from './oidc-issuer.ts';

export const testKubeconfig = process.env.QD_TEST_KUBECONFIG ?? '';

/** How long anything here may take. */
const patience = () => AbortSignal.timeout(60_000);

const viewSchema = z.object({
  clusters: z.tuple([z.object({ cluster: z.object({ server: z.string(), 'certificate-authority-data': z.string() }) })]),
  users: z.tuple([z.object({ user: z.object({ 'client-certificate-data': z.string(), 'client-key-data': z.string() }) })]),
});
const recordSchema = z.object({ issuer: z.object({ url: z.url(), clientId: z.string(), certificate: z.string(), key: z.string(), authority: z.string() }) });

/** Whom the API server takes us for. */
export function whoAmI(api: Transport): Promise<UserInfo> {
  return askWhoAmI(api, patience());
}

/** Kubeconfigs for the test cluster, one user after the other, in a folder and a namespace of their own. Whoever opens it closes it. */
export class LoginSandbox {
  readonly namespace: string;
  readonly folder: string;
  readonly server: string;
  /** PEM text. */
  readonly authority: string;
  /** The entry of the administrator. */
  readonly admin: Record<string, string>;
  private readonly open = new Set<Transport>();

  private constructor(name: string, folder: string, view: z.infer<typeof viewSchema>) {
    const [{ cluster }] = view.clusters;
    this.namespace = `${name}-${process.pid}`;
    this.folder = folder;
    this.server = cluster.server;
    this.authority = decoded(cluster['certificate-authority-data']);
    this.admin = view.users[0].user;
  }

  static async open(name: string): Promise<LoginSandbox> {
    const view = viewSchema.parse(JSON.parse(await kubectl('config', 'view', '--raw', '--minify', '-o', 'json')));
    const sandbox = new LoginSandbox(name, await mkdtemp(join(tmpdir(), 'quarterdeck-login-')), view);
    await kubectl('create', 'namespace', sandbox.namespace);
    return sandbox;
  }

  /** Inside the namespace. */
  kubectl(...args: string[]): Promise<string> {
    return kubectl('-n', this.namespace, ...args);
  }

  async write(name: string, text: string): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, text);
    return path;
  }

  /** A program that Node runs. */
  async program(name: string, source: string): Promise<string> {
    const path = await this.write(name, `#!${process.execPath}\n${source}`);
    await chmod(path, 0o755);
    return path;
  }

  /** What a kubeconfig with this user, and the test cluster with these changes, comes to. */
  async connection(user: object, cluster: object = {}, sources: Partial<KubeconfigSources> = {}): Promise<ConnectionSettings> {
    const entry = { server: this.server, 'certificate-authority-data': encoded(this.authority), ...cluster };
    const file = await this.write(
      'config',
      JSON.stringify({
        clusters: [{ name: 'sandbox', cluster: entry }],
        users: [{ name: 'somebody', user }],
        contexts: [{ name: 'sandbox', context: { cluster: 'sandbox', user: 'somebody', namespace: this.namespace } }],
      }),
    );
    const { contexts, problems } = await loadKubeconfig({
      ...systemKubeconfigSources(),
      tokens: memoryTokenStore(),
      environment: { PATH: process.env.PATH },
      ...sources,
      file,
    });
    const [context] = contexts;
    if (context === undefined) throw new Error(JSON.stringify(problems));
    return context.connection();
  }

  /** The same, ready to be asked. It is closed with the sandbox. */
  async connect(user: object, cluster: object = {}, sources: Partial<KubeconfigSources> = {}): Promise<Transport> {
    return this.transport(await this.connection(user, cluster, sources));
  }

  transport(connection: ConnectionSettings): Transport {
    const api = createHttpTransport(connection);
    this.open.add(api);
    return api;
  }

  /** A token of a service account that may do everything in the namespace. */
  async serviceAccountToken(name: string): Promise<string> {
    await this.kubectl('create', 'serviceaccount', name);
    await this.kubectl('create', 'rolebinding', name, '--clusterrole=admin', `--serviceaccount=${this.namespace}:${name}`);
    return this.kubectl('create', 'token', name);
  }

  /** A certificate of the cluster for a user, made as `kubectl certificate approve` does. PEM texts. */
  async certificate(user: string, group: string): Promise<{ certificate: string; key: string }> {
    const name = `${this.namespace}-${user}`;
    const key = await openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout');
    const request = await openssl('req', '-new', '-key', await this.write(`${user}.key`, key), '-subj', `/O=${group}/CN=${user}`);
    const spec = { request: encoded(request), signerName: 'kubernetes.io/kube-apiserver-client', usages: ['client auth'], expirationSeconds: 3600 };
    const object = { apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: { name }, spec };
    await kubectl('create', '-f', await this.write(`${user}.json`, JSON.stringify(object)));
    await kubectl('certificate', 'approve', name);
    await kubectl('wait', `csr/${name}`, '--for=jsonpath={.status.certificate}', '--timeout=30s');
    const certificate = decoded(await kubectl('get', 'csr', name, '-o', 'jsonpath={.status.certificate}'));
    await kubectl('delete', 'csr', name);
    return { certificate, key };
  }

  /** A pod that waits to be asked things. */
  async pod(name: string): Promise<void> {
    await this.kubectl('run', name, '--image=docker.io/local/busybox:1', '--grace-period=0', '--command', '--', 'sleep', '3600');
    await this.kubectl('wait', `pod/${name}`, '--for=condition=Ready', '--timeout=60s');
  }

  /** What a program in the pod says; it goes over a WebSocket. */
  async echo(api: Transport, pod: string, text: string): Promise<string> {
    const request = { namespace: this.namespace, pod, container: pod, command: ['echo', text], signal: patience(), maxBytes: 1024 };
    return (await runInPod(api, request)).stdout.toString('utf8').trim();
  }

  /** The issuer whose tokens the test cluster accepts. The caller stops it. */
  async issuer(): Promise<OidcIssuer> {
    const text = await readFile(join(dirname(testKubeconfig), 'state.json'), 'utf8').catch(() => '{}');
    const record = recordSchema.safeParse(JSON.parse(text));
    if (!record.success) throw new Error('The test cluster knows no issuer: start it anew with `qd sandbox up`.');
    const { url, clientId, certificate, key, authority } = record.data.issuer;
    const { hostname, port } = new URL(url);
    await this.write('issuer-ca.crt', await readFile(authority, 'utf8'));
    const tls = { certificate: await readFile(certificate, 'utf8'), key: await readFile(key, 'utf8') };
    return new OidcIssuer({ tls, host: hostname, port: Number(port), clientId }).start();
  }

  async close(): Promise<void> {
    for (const api of this.open) await api.close();
    await kubectl('delete', 'namespace', this.namespace, '--wait=false');
    await rm(this.folder, { recursive: true });
  }
}

export const encoded = (text: string) => Buffer.from(text).toString('base64');
const decoded = (text: string) => Buffer.from(text, 'base64').toString('utf8');

async function kubectl(...args: string[]): Promise<string> {
  return (await promisify(execFile)('kubectl', ['--kubeconfig', testKubeconfig, ...args])).stdout.trim();
}

async function openssl(...args: string[]): Promise<string> {
  return (await promisify(execFile)('openssl', args)).stdout;
}
