import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { median, percentile } from './harness/percentile.ts';
import { residentMb } from './harness/process-memory.ts';
import { startMeasuredWorkbench } from './harness/workbench.ts';
import { cpuSeconds, type MeasuredTerminal, type TerminalSubject, until } from './terminal/measured-terminal.ts';
import { OurTerminals } from './terminal/our-terminals.ts';
import { startWetty, wettyVersion } from './terminal/wetty-terminals.ts';

export const terminal: Bench = {
  name: 'terminal',
  summary: 'echo, throughput, Ctrl+C and memory of shells, beside wetty',
  needs: 'npm, to install wetty once',
  options: {
    keys: { type: 'number', default: '300', summary: 'how many keys are pressed' },
    megabytes: { type: 'number', default: '40', summary: 'how much is put out in a round' },
    rounds: { type: 'number', default: '3', summary: 'how often both do it in turn' },
    sessions: { type: 'number', default: '50', summary: 'how many shells are open for the memory of one' },
  },
  run,
};

interface Measured {
  echoes: number[];
  throughput: number[];
  cpu: number[];
  interrupts: number[];
}

async function run(context: BenchContext) {
  const folder = await mkdtemp(path.join(tmpdir(), 'quarterdeck-bench-'));
  context.cleanup.add(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'log.txt');
  await writeFile(file, logLines(context.number('megabytes')));
  const workbench = await startMeasuredWorkbench(context.cleanup, path.join(folder, 'no-kubeconfig'), '', path.join(folder, 'state'));
  const ours = new OurTerminals(workbench.url, workbench.process.child.pid ?? 0);
  const wetty = await startWetty(context);
  const results: Measured[] = [blank(), blank()];
  try {
    for (let round = 0; round < context.number('rounds'); round += 1) {
      for (const [index, subject] of [ours, wetty].entries()) {
        const into = results[index];
        if (into === undefined) continue;
        context.tell(`round ${round + 1}: ${index === 0 ? 'ours' : 'wetty'}`);
        await measure(subject, { context, file, into });
      }
    }
    const memory = { ours: await memoryOfOne(ours, context.number('sessions')), wetty: await memoryOfOne(wetty, context.number('sessions')) };
    const [own = blank(), peer = blank()] = results;
    const theirs = figuresOf(peer, memory.wetty);
    return { figures: figuresOf(own, memory.ours, peer), peers: { [`wetty ${wettyVersion}`]: theirs } };
  } finally {
    await ours.end();
  }
}

const blank = (): Measured => ({ echoes: [], throughput: [], cpu: [], interrupts: [] });

function figuresOf({ echoes, throughput, cpu, interrupts }: Measured, memory: number, peer?: Measured): Figure[] {
  const echoBar = peer === undefined ? {} : { bar: { is: '<=', value: percentile(peer.echoes, 50) + 1 } as const };
  const throughputBar = peer === undefined ? {} : { bar: { is: '>=', value: median(peer.throughput) } as const };
  const interruptBar = peer === undefined ? {} : { bar: { is: '<', value: 100 } as const };
  return [
    { name: 'echo of a key, p50', value: percentile(echoes, 50), unit: 'ms', ...echoBar },
    { name: 'echo of a key, p95', value: percentile(echoes, 95), unit: 'ms' },
    { name: 'output that is parsed, median', value: median(throughput), unit: 'MiB/s', ...throughputBar },
    { name: 'CPU of the servers, median', value: median(cpu), unit: 'ms/MiB' },
    { name: 'Ctrl+C in a flood until the prompt, p95', value: percentile(interrupts, 95), unit: 'ms', ...interruptBar },
    { name: 'memory of a further session', value: memory, unit: 'MB' },
  ];
}

async function measure(subject: TerminalSubject, { context, file, into }: { context: BenchContext; file: string; into: Measured }): Promise<void> {
  const shell = await subject.open();
  await prompted(shell, 'PS1="do""ne> "\n');
  into.echoes.push(...(await echoes(shell, context.number('keys'))));
  const pids = await subject.pids();
  const [cpuBefore, began] = [await cpuSeconds(pids), performance.now()];
  await prompted(shell, `cat ${file}\n`, 'onParsed');
  const megabytes = context.number('megabytes');
  into.throughput.push((megabytes / (performance.now() - began)) * 1000);
  into.cpu.push((((await cpuSeconds(pids)) - cpuBefore) * 1000) / megabytes);
  for (let count = 0; count < 5; count += 1) {
    const flooding = until(shell, 'onOutput', 'a flood\r\na flood');
    shell.type('yes a flood\n');
    await flooding;
    await wait(1000);
    const pressed = performance.now();
    await prompted(shell, '\x03', 'onParsed');
    into.interrupts.push(performance.now() - pressed);
  }
  shell.close();
}

/** Types, and waits for the next prompt. */
async function prompted(shell: MeasuredTerminal, text: string, when: 'onOutput' | 'onParsed' = 'onOutput'): Promise<void> {
  const back = until(shell, when, 'done> ');
  shell.type(text);
  await back;
}

async function echoes(shell: MeasuredTerminal, keys: number): Promise<number[]> {
  const times: number[] = [];
  const typing = until(shell, 'onOutput', 'cat > /dev/null\r\n');
  shell.type('cat > /dev/null\n');
  await typing;
  for (let count = 0; count < keys; count += 1) {
    const key = 'abcdefghij'[count % 10] ?? 'a';
    const at = performance.now();
    const back = until(shell, 'onOutput', key);
    shell.type(key);
    await back;
    times.push(performance.now() - at);
    await wait(5);
  }
  // Parsed, not only there: what is measured next waits for a prompt that is parsed, and must not take this one.
  await prompted(shell, '\x03', 'onParsed');
  return times;
}

/** What each further shell adds, of everything that takes part. MB. */
async function memoryOfOne(subject: TerminalSubject, count: number): Promise<number> {
  const resident = async () => {
    const each = await Promise.all((await subject.pids()).map(residentMb));
    return each.reduce((sum, megabytes) => sum + megabytes, 0);
  };
  const before = await resident();
  const opened: MeasuredTerminal[] = [];
  for (let index = 0; index < count; index += 1) opened.push(await subject.open());
  for (const shell of opened) await prompted(shell, 'PS1="do""ne> "\n');
  const after = await resident();
  for (const shell of opened) shell.close();
  return (after - before) / count;
}

function logLines(megabytes: number): string {
  const line = (number: number) =>
    `2026-01-01T00:00:00.000Z \x1b[32mINFO\x1b[0m request ${number} {"path":"/api/orders/${number % 977}","status":200,"took":${number % 113}}\n`;
  const lines: string[] = [];
  for (let bytes = 0, number = 0; bytes < megabytes * 2 ** 20; number += 1) {
    const text = line(number);
    lines.push(text);
    bytes += text.length;
  }
  return lines.join('');
}
