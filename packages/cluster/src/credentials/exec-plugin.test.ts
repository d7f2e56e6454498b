import { AppError } from '@quarterdeck/contract';
import { describe, expect, it, vi } from 'vitest';
import { type KubeconfigSources, loadKubeconfig } from '../kubeconfig/load-kubeconfig.ts';
import { selfSignedCertificate } from '../proxy/self-signed-certificate.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import type { ProgramCall, ProgramEnd } from './run-program.ts';

const { signal } = new AbortController();
const v1 = 'client.authentication.k8s.io/v1';
const token = 'k8s-aws-v1.c2VjcmV0LXRva2Vu';

const outputOf = (status: unknown, apiVersion = v1) => JSON.stringify({ apiVersion, kind: 'ExecCredential', status });
const exited = (stdout: string, stderr = '', exitCode = 0): ProgramEnd => ({ state: 'exited', exitCode, stdout, stderr });

interface Setting {
  exec?: string;
  cluster?: string;
  answers?: (ProgramEnd | string)[];
  rest?: Partial<KubeconfigSources>;
}

/** A kubeconfig with two contexts of one user, and the programs that were run for them; the last answer is given again and again. */
async function pluginOf({ exec = `apiVersion: ${v1}, command: aws, interactiveMode: Never`, cluster = '', answers = [], rest = {} }: Setting) {
  const text = `
clusters: [{name: c, cluster: {server: "https://c:6443"${cluster}}}]
users: [{name: u, user: {exec: {${exec}}}}]
contexts: [{name: a, context: {cluster: c, user: u}}, {name: b, context: {cluster: c, user: u, namespace: shop}}]
`;
  const calls: ProgramCall[] = [];
  const clock = new ManualClock();
  const sources: KubeconfigSources = {
    environment: { HOME: '/home/ann', KUBECONFIG: '/etc/kube/config', REGION: 'here' },
    homeDirectory: '/home/ann',
    now: clock.now,
    readFile: async (path) => Buffer.from(path === '/etc/kube/config' ? text : 'CA'),
    runProgram: async (call) => {
      calls.push(call);
      const answer = answers[Math.min(calls.length, answers.length) - 1] ?? outputOf({ token });
      return typeof answer === 'string' ? exited(answer) : answer;
    },
    fetchText: () => Promise.reject(new Error('nobody asks')),
    ...rest,
  };
  const { contexts, problems } = await loadKubeconfig(sources);
  expect(problems).toEqual([]);
  const connect = async (index = 0) => {
    const connection = await contexts[index]?.connection();
    if (connection === undefined) throw new Error('no context');
    return connection;
  };
  const login = async (index = 0) => (await connect(index)).credentials.current(signal);
  const failure = async () => {
    const thrown: unknown = await login().catch((error: unknown) => error);
    if (!(thrown instanceof AppError)) throw new Error('no failure');
    return thrown;
  };
  return { calls, clock, connect, login, failure };
}

const everythingIn = (error: AppError) => JSON.stringify([error.message, error.hint, error.details, error.stack, String(error.cause)]);

describe('a credential plug-in', () => {
  it('is run as kubectl runs it: environment, arguments, what it is told', async () => {
    const exec = `apiVersion: ${v1}, command: aws, args: [eks, get-token], env: [{name: REGION, value: there}], interactiveMode: IfAvailable`;
    const { calls, connect, login } = await pluginOf({ exec });
    await connect();
    expect(calls).toEqual([]);
    expect(await login()).toMatchObject({ authorization: `Bearer ${token}`, clientCertificate: null });
    expect(calls[0]).toMatchObject({ command: 'aws', args: ['eks', 'get-token'], timeoutMs: 180_000, maxOutputBytes: 1024 * 1024 });
    expect(calls[0]?.environment).toMatchObject({ HOME: '/home/ann', REGION: 'there' });
    expect(JSON.parse(calls[0]?.environment.KUBERNETES_EXEC_INFO ?? '')).toEqual({ apiVersion: v1, kind: 'ExecCredential', spec: { interactive: false } });
  });

  it('is told about the cluster where it asks for it', async () => {
    const cluster = `, certificate-authority: ca.crt, tls-server-name: api, extensions: [{name: client.authentication.k8s.io/exec, extension: {audience: x}}]`;
    const exec = 'apiVersion: client.authentication.k8s.io/v1beta1, command: aws, provideClusterInfo: true';
    const { calls, login } = await pluginOf({ exec, cluster, answers: [outputOf({ token }, 'client.authentication.k8s.io/v1beta1')] });
    expect(await login()).toMatchObject({ authorization: `Bearer ${token}` });
    expect(JSON.parse(calls[0]?.environment.KUBERNETES_EXEC_INFO ?? '')).toEqual({
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      kind: 'ExecCredential',
      spec: {
        interactive: false,
        cluster: { server: 'https://c:6443', 'tls-server-name': 'api', 'certificate-authority-data': btoa('CA'), config: { audience: 'x' } },
      },
    });
  });

  it.each([
    ['./bin/login', '/etc/kube/bin/login'],
    ['login', 'login'],
    ['/opt/login', '/opt/login'],
  ])('%s is found at %s', async (command, path) => {
    const { calls, login } = await pluginOf({ exec: `apiVersion: ${v1}, command: ${command}` });
    await login();
    expect(calls[0]?.command).toBe(path);
  });

  it('is run once for all contexts of the same user and cluster, and again when its credentials end', async () => {
    const answer = outputOf({ token, expirationTimestamp: new Date(new ManualClock().now() + 900_000).toISOString() });
    const { calls, clock, login } = await pluginOf({ answers: [answer] });
    const [one, other] = await Promise.all([login(0), login(1)]);
    expect(one).toBe(other);
    clock.advance(839_000);
    await login();
    expect(calls).toHaveLength(1);
    clock.advance(2_000);
    await login();
    expect(calls).toHaveLength(2);
  });

  it('may give a certificate, which must fit its key', async () => {
    const { certificate, key } = selfSignedCertificate('ann');
    const { login } = await pluginOf({ answers: [outputOf({ clientCertificateData: certificate, clientKeyData: key })] });
    expect(await login()).toMatchObject({ authorization: null, clientCertificate: certificate, clientKey: key });
    const foreign = outputOf({ clientCertificateData: certificate, clientKeyData: selfSignedCertificate('bob').key });
    expect((await (await pluginOf({ answers: [foreign] })).failure()).message).toContain('do not belong together');
  });
});

describe('what a plug-in may do wrong', () => {
  it.each([
    ['no JSON', `Your token: ${token}`, 'did not write an ExecCredential'],
    ['a token where an object belongs', JSON.stringify(token), 'did not write an ExecCredential'],
    ['another version', outputOf({ token }, 'client.authentication.k8s.io/v1beta1'), 'answers in client.authentication.k8s.io/v1beta1'],
    ['a token as version', outputOf({ token }, token), 'answers in another apiVersion'],
    ['no status', JSON.stringify({ apiVersion: v1, kind: 'ExecCredential' }), 'without a status'],
    ['nothing in it', outputOf({ token: '' }), 'neither a token nor a certificate'],
    ['half a pair', outputOf({ token, clientCertificateData: 'x' }), 'and not both'],
    ['a date that is none', outputOf({ token, expirationTimestamp: 'soon' }), 'did not write an ExecCredential'],
    ['a header in the token', outputOf({ token: `${token}\r\nX-Evil: 1` }), 'characters that no token has'],
  ])('%s', async (_name, output, words) => {
    const error = await (await pluginOf({ answers: [exited(output, `debug: ${token}`)] })).failure();
    expect(error).toMatchObject({ code: 'CLUSTER_AUTH_FAILED', message: expect.stringContaining(words), hint: expect.stringMatching(/.+/) });
    expect(everythingIn(error)).not.toContain('c2VjcmV0');
  });

  it('is told in its own words, the last of them, without what is secret', async () => {
    const noise = Array.from({ length: 5_000 }, (_, index) => `line ${index}`).join('\n');
    const secrets = `Authorization: Bearer abcdefghij0123456789 eyJhbGciOi.eyJzdWIi.c2ln\nexport AWS_SECRET_ACCESS_KEY=geheimgeheim`;
    const stderr = `${noise}\n${secrets}\n\u001b[31mThe SSO session has expired.\u001b[0m\n`;
    const exec = `apiVersion: ${v1}, command: /opt/bin/aws, env: [{name: AWS_SECRET_ACCESS_KEY, value: geheimgeheim}], installHint: See https://aws.example`;
    const error = await (await pluginOf({ exec, answers: [exited('', stderr, 255)] })).failure();
    expect(error.message).toBe('The credential plug-in aws failed with exit code 255: The SSO session has expired.');
    expect(error.hint).toContain('See https://aws.example');
    expect(String(error.details.stderr).length).toBeLessThan(2_001);
    for (const secret of ['geheimgeheim', 'abcdefghij', 'eyJ']) expect(everythingIn(error)).not.toContain(secret);
  });

  it('is told by the line that says it, not by the advice behind it', async () => {
    const stderr =
      'F1121 13:27:26.316425   14412 cred.go:145] print credential failed: (ERROR: no active account selected.\nPlease run:\n\n  $ gcloud auth login\n)\n';
    const error = await (await pluginOf({ answers: [exited('', stderr, 1)] })).failure();
    expect(error.message).toMatch(/with exit code 1: print credential failed: \(ERROR: no active account selected\.$/);
    expect(error.details.stderr).toContain('gcloud auth login');
  });

  it.each<[string, ProgramEnd, string]>([
    ['it is not installed', { state: 'notStarted', code: 'ENOENT' }, 'logs in with the program aws, and there is none in PATH'],
    ['it may not be run', { state: 'notStarted', code: 'EACCES' }, "can't be run (EACCES)"],
    ['it waits', { state: 'timedOut', stderr: 'Open https://login' }, 'was not ready after 180 s: Open https://login.'],
    ['it floods', { state: 'tooMuchOutput', stderr: '' }, 'wrote more than 1 MiB'],
    ['it is killed', { state: 'exited', exitCode: null, stdout: '', stderr: '' }, 'was ended by a signal'],
  ])('%s', async (_name, end, words) => {
    const exec = `apiVersion: ${v1}, command: aws, installHint: "Install it:\\nhttps://aws.example"`;
    const error = await (await pluginOf({ exec, answers: [end] })).failure();
    expect(error).toMatchObject({
      code: 'CLUSTER_AUTH_FAILED',
      message: expect.stringContaining(words),
      hint: expect.stringContaining('Install it: https://aws.example'),
    });
  });

  it('is not asked again at once, and its credentials are replaced when the cluster refuses them', async () => {
    const { calls, connect, login, clock } = await pluginOf({ answers: [outputOf({ token }), outputOf({ token: 'second' }), exited('', 'gone', 1)] });
    const { credentials } = await connect();
    const first = await login();
    const second = await credentials.renew(first, signal);
    expect(second).toMatchObject({ authorization: 'Bearer second', refusal: { message: expect.stringContaining('also after asking it again') } });
    if (second === null) throw new Error('not renewed');
    expect(await credentials.renew(second, signal)).toBeNull();
    clock.advance(60_000);
    await expect(credentials.renew(second, signal)).rejects.toMatchObject({ code: 'CLUSTER_AUTH_FAILED', message: expect.stringContaining('gone') });
    expect(calls).toHaveLength(3);
  });
});

describe('a plug-in that is not run', () => {
  it.each([
    ['one that needs a terminal', `apiVersion: ${v1}, command: aws, interactiveMode: Always`, 'terminal'],
    ['one of a version that is gone', 'apiVersion: client.authentication.k8s.io/v1alpha1, command: aws', 'v1alpha1'],
  ])('%s', async (_name, exec, words) => {
    const { calls, failure } = await pluginOf({ exec });
    expect(await failure()).toMatchObject({ code: 'UNSUPPORTED', message: expect.stringContaining(words) });
    expect(calls).toEqual([]);
  });

  it('one of an imported kubeconfig', async () => {
    const { calls, failure } = await pluginOf({ rest: { trusted: false } });
    expect(await failure()).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('run the program aws'),
      hint: expect.stringContaining('KUBECONFIG'),
    });
    expect(calls).toEqual([]);
  });
});

describe('a plug-in with a person at hand', () => {
  it.each([
    ['Always', true, true],
    ['IfAvailable', true, true],
    ['Never', true, false],
    ['IfAvailable', false, false],
  ])('of mode %s gets the terminal: %s → %s', async (mode, terminal, given) => {
    const { calls, login } = await pluginOf({ exec: `apiVersion: ${v1}, command: aws, interactiveMode: ${mode}`, rest: { terminal } });
    await login();
    expect(calls[0]).toMatchObject({ terminal: given });
    expect(JSON.parse(calls[0]?.environment.KUBERNETES_EXEC_INFO ?? '').spec).toEqual({ interactive: given });
  });

  it('tells what it says while it still waits, and falls silent when it is done', async () => {
    const done = Promise.withResolvers<ProgramEnd>();
    const runProgram = (call: ProgramCall) => {
      call.onStderr?.('Open https://login.example/device and enter the code ABCD-EFGH\n');
      return done.promise;
    };
    const { connect } = await pluginOf({ rest: { runProgram } });
    const { credentials } = await connect();
    const told: (string | null)[] = [];
    const end = credentials.onProgress?.((text) => told.push(text));
    const asked = credentials.current(signal);
    await vi.waitFor(() => expect(told).toEqual(['The credential plug-in aws says: Open https://login.example/device and enter the code ABCD-EFGH']));
    done.resolve(exited(outputOf({ token })));
    await asked;
    await vi.waitFor(() => expect(told.at(-1)).toBeNull());
    end?.();
  });
});
