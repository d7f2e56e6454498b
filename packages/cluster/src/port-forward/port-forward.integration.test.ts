import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { ForwardRequest } from '@quarterdeck/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { SandboxPods } from '../testing/sandbox-pods.ts';
import { createDeployment, deletePod } from '../testing/sandbox-workloads.ts';
import { type OpenForward, openForward } from './open-forward.ts';

const mebibyte = 1024 * 1024;
const signal = AbortSignal.timeout(300_000);
/** A web server that names its pod, and a program that sends back what it gets. */
const script = 'mkdir /w; hostname > /w/index.html; httpd -p 8080 -h /w; nc -ll -p 7000 -e cat';

describe('port-forwards into a real cluster', () => {
  let pods: SandboxPods;
  const closing: OpenForward[] = [];

  beforeAll(async () => {
    pods = await SandboxPods.open('forwards');
    const ports = [
      { name: 'http', containerPort: 8080 },
      { name: 'echo', containerPort: 7000 },
    ];
    await createDeployment(pods, 'web', { replicas: 2, script, ports, readyPort: 7000 });
    const servicePorts = [
      { name: 'http', port: 80, targetPort: 'http' },
      { name: 'echo', port: 7, targetPort: 'echo' },
    ];
    await pods.create('services', { metadata: { name: 'web' }, spec: { selector: { app: 'web' }, ports: servicePorts } });
    const forward = await open({ kind: 'svc', name: 'web', ports: [{ local: 0, remote: 80 }] });
    await vi.waitFor(() => expect(forward.stats().state).toBe('listening'), { timeout: 60_000, interval: 200 });
  });
  afterEach(async () => {
    for (const forward of closing.splice(0)) await forward.close();
  });
  afterAll(() => pods.close());

  async function open(request: Partial<ForwardRequest> & Pick<ForwardRequest, 'ports'>): Promise<OpenForward> {
    const forward = await openForward(pods.access, { namespace: pods.namespace, kind: 'Pod', address: '127.0.0.1', ...request }, { signal });
    closing.push(forward);
    return forward;
  }

  const localOf = (forward: OpenForward, index = 0) => forward.ports[index]?.local ?? 0;

  async function get(port: number): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' }, signal: AbortSignal.timeout(30_000) });
    return (await response.text()).trim();
  }

  it('fail at most one request when the pod is killed, each time', async () => {
    const forward = await open({ kind: 'svc', name: 'web', ports: [{ local: 0, remote: 'http' }] });
    /** Before the first pod is killed, after it, and after the second one. */
    const failed = [0];
    const answeredBy = new Set<string>();
    for (let round = 1; round <= 60; round += 1) {
      try {
        answeredBy.add(await get(localOf(forward)));
      } catch {
        failed.push((failed.pop() ?? 0) + 1);
      }
      const [pod] = [...answeredBy].slice(-1);
      if ((round !== 10 && round !== 30) || pod === undefined) continue;
      await deletePod(pods, pod);
      failed.push(0);
    }
    expect(failed).toEqual([0, expect.toSatisfy((count: number) => count <= 1), expect.toSatisfy((count: number) => count <= 1)]);
    expect(answeredBy.size).toBeGreaterThan(1);
    expect(forward.stats()).toMatchObject({ state: 'listening', totalConnections: 60, openConnections: expect.any(Number) });
  });

  it('to a pod go on with its replacement', async () => {
    const service = await open({ kind: 'svc', name: 'web', ports: [{ local: 0, remote: 80 }] });
    const pod = await get(localOf(service));
    const forward = await open({ name: pod, ports: [{ local: 0, remote: 'http' }] });
    expect(await get(localOf(forward))).toBe(pod);
    await deletePod(pods, pod);
    expect(await get(localOf(forward))).not.toBe(pod);
  });

  it('carry 20 MiB both ways, byte for byte, on two ports at once', async () => {
    const forward = await open({ kind: 'deploy', name: 'web', ports: [7000, 'echo'].map((remote) => ({ local: 0, remote })) });
    const sent = randomBytes(20 * mebibyte);
    const echoes = await Promise.all([echo(localOf(forward), sent), echo(localOf(forward, 1), sent)]);
    for (const received of echoes) expect(hash(received)).toBe(hash(sent));
    expect(forward.stats()).toMatchObject({ bytesIn: 40 * mebibyte, bytesOut: 40 * mebibyte, failedConnections: 0 });
  });

  it('wait for the answer to a client that has ended its own direction', async () => {
    const forward = await open({ selector: 'app=web', ports: [{ local: 0, remote: 8080 }] });
    const socket = connect({ port: localOf(forward), host: '127.0.0.1', allowHalfOpen: true });
    socket.end('GET / HTTP/1.0\r\n\r\n');
    expect((await readAll(socket)).toString('utf8')).toContain('200 OK');
  });

  it('say that nothing listens on the port, and which ports there are', async () => {
    const forward = await open({ selector: 'app=web', ports: [{ local: 0, remote: 9999 }] });
    await expect(get(localOf(forward))).rejects.toThrow();
    await vi.waitFor(() => expect(forward.stats()).toMatchObject({ failedConnections: 1, openConnections: 0 }));
    expect(forward.stats().errors[0]?.message).toContain('Nothing listens on port 9999');
    const unknown = open({ kind: 'svc', name: 'web', ports: [{ local: 0, remote: 81 }] });
    await expect(unknown).rejects.toMatchObject({ code: 'VALIDATION_ERROR', hint: 'It has: 80 (http), 7 (echo).' });
  });

  it('say that a local port is taken, and which is free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const local = typeof address === 'object' && address !== null ? address.port : 0;
    const taken = open({ kind: 'svc', name: 'web', ports: [{ local, remote: 80 }] });
    await expect(taken).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining(String(process.pid)),
      hint: expect.stringContaining('is free'),
    });
    other.close();
  });

  it('are refused with the verbs that are missing', async () => {
    const reader = await pods.as('reader', [{ apiGroups: ['', 'discovery.k8s.io'], resources: ['*'], verbs: ['get', 'list', 'watch'] }]);
    const request = { namespace: pods.namespace, kind: 'svc', name: 'web', ports: [{ local: 0, remote: 80 }], address: '127.0.0.1' };
    await expect(openForward(reader, request, { signal })).rejects.toMatchObject({ code: 'FORBIDDEN', hint: expect.stringContaining('pods/portforward') });
    await reader.close();
  });
});

async function echo(port: number, bytes: Buffer): Promise<Buffer> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of socket) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= bytes.byteLength) break;
  }
  return Buffer.concat(chunks);
}

async function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
