import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadTokenCounter } from '@quarterdeck/assistant';
import { type Bench, type BenchContext, type Figure, MissingNeed } from './bench.ts';
import { root, runChild, startChild } from './harness/children.ts';
import { installPeer } from './harness/peers.ts';
import { faultsIn } from './mcp/faults.ts';
import { LineClient } from './mcp/line-client.ts';
import { questionsAbout, type ToolCall } from './mcp/questions.ts';

const peer = { name: 'kubernetes-mcp-server', version: '0.0.67' };
const namespace = `bench-mcp-${process.pid}`;

export const mcp: Bench = {
  name: 'mcp',
  summary: `how many tokens the answers to 12 questions have, beside ${peer.name}`,
  needs: 'a cluster whose nodes have the images of the sandbox (--kubeconfig), kubectl, and the registry of npm',
  options: {
    kubeconfig: { type: 'text', default: process.env.QD_TEST_KUBECONFIG ?? '', summary: 'of a cluster in which a namespace may be made' },
    show: { type: 'switch', default: 'false', summary: 'every answer as well' },
  },
  run,
};

async function run(context: BenchContext) {
  const kubeconfig = context.text('kubeconfig');
  if (kubeconfig === '') throw new MissingNeed('No cluster is named: give --kubeconfig.');
  const kubectl = async (...args: string[]) => (await runChild(context.cleanup, 'kubectl', ['--kubeconfig', kubeconfig, ...args])).stdout;
  const pods = await breakThings(context, kubectl);
  const { count } = await loadTokenCounter();
  const ours = await open(context, process.execPath, [path.join(root, 'apps/server/src/mcp.ts'), '--kubeconfig', kubeconfig]);
  const installed = path.join(await installPeer(context, peer.name, peer.version), 'node_modules', '.bin', peer.name);
  const theirs = await open(context, installed, ['--kubeconfig', kubeconfig, '--read-only']);
  const rows: { figures: Figure[]; peers: Figure[]; missing: string[] }[] = [];
  for (const question of questionsAbout(namespace, (app) => pods.find((name) => name.startsWith(`${app}-`)) ?? app)) {
    const [one, other] = [await answers(ours, question.ours), await answers(theirs, question.theirs)];
    if (context.isOn('show')) context.tell(`${question.text}\n--- ours\n${one}\n--- theirs\n${other}`);
    const missing = (text: string, who: string) => question.facts.filter((fact) => !text.includes(fact)).map((fact) => `${who}, ${question.text} ${fact}`);
    rows.push({
      figures: [{ name: question.text, value: count(one), unit: 'tokens' }],
      peers: [{ name: question.text, value: count(other), unit: 'tokens' }],
      missing: [...missing(one, 'ours'), ...missing(other, 'theirs')],
    });
  }
  const [figures, peers, missing] = [rows.flatMap((row) => row.figures), rows.flatMap((row) => row.peers), rows.flatMap((row) => row.missing)];
  for (const fact of missing) context.tell(`A fact is missing: ${fact}`);
  const [sum, sumOfPeer] = [total(figures), total(peers)];
  return {
    figures: [
      ...figures,
      { name: 'all of them', value: sum, unit: 'tokens' },
      { name: `of what ${peer.name} takes`, value: (100 * sum) / sumOfPeer, unit: '%', bar: { is: '<=' as const, value: 20 } },
      { name: 'facts that are missing', value: missing.length, unit: '', bar: { is: '=' as const, value: 0 } },
    ],
    peers: { [`${peer.name} ${peer.version}`]: [...peers, { name: 'all of them', value: sumOfPeer, unit: 'tokens' }] },
  };
}

/** Gives the names of the pods, once each of them is as broken as it will be. */
async function breakThings(context: BenchContext, kubectl: (...args: string[]) => Promise<string>): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'quarterdeck-bench-'));
  context.cleanup.add(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'faults.json');
  await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: faultsIn(namespace) }));
  context.cleanup.add(() => kubectl('delete', 'namespace', namespace, '--wait=false').then(() => undefined));
  await kubectl('apply', '-f', file);
  context.tell('waiting until everything is as broken as it will be');
  const states = async () => await kubectl('get', 'pods', '-n', namespace, '--no-headers');
  for (let look = 0; look < 60; look += 1) {
    const text = await states();
    if (/web-\S+.*CreateContainerConfigError/.test(text) && /api-\S+.*ImagePullBackOff/.test(text) && /worker-\S+.*CrashLoopBackOff/.test(text)) break;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  return (await states()).split('\n').flatMap((line) => line.split(/\s+/)[0] || []);
}

async function open({ cleanup }: BenchContext, command: string, args: string[]): Promise<LineClient> {
  const state = await mkdtemp(path.join(tmpdir(), 'quarterdeck-bench-'));
  cleanup.add(() => rm(state, { recursive: true, force: true }));
  const client = new LineClient(startChild(cleanup, command, args, { stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, QUARTERDECK_STATE: state } }));
  await client.open();
  return client;
}

async function answers(client: LineClient, calls: readonly ToolCall[]): Promise<string> {
  const texts: string[] = [];
  for (const { tool, args } of calls) texts.push(await client.call(tool, args));
  return texts.join('\n');
}

function total(figures: readonly Figure[]): number {
  return figures.reduce((sum, { value }) => sum + value, 0);
}
