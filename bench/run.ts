import { type Bench, type BenchContext, MissingNeed, passes } from './bench.ts';
import { benches } from './benches.ts';
import { Cleanup } from './harness/cleanup.ts';
import { type OptionValues, optionHelp, readNumber, readOptions } from './options.ts';
import { jsonReport, textReport } from './report.ts';

/** Exit codes: 0 every bar was met, 1 one was missed or the bench failed, 2 the command line is wrong, 3 something that is needed is absent. */
const [name, ...args] = process.argv.slice(2);
const bench = benches.find((candidate) => candidate.name === name);
process.exitCode = bench === undefined ? explain(name) : await start(bench, args);
// What a bench left open by mistake must not keep the terminal.
process.exit();

function explain(asked: string | undefined): number {
  const known = benches.map(({ name: each, summary, needs }) => `  ${each.padEnd(8)} ${summary}\n           needs ${needs}`);
  const head = asked === undefined || asked === '--help' ? 'npm run bench -- NAME [--json] [options]' : `There is no bench "${asked}".`;
  process.stderr.write(`${[head, ...known, '  NAME --help lists the options'].join('\n')}\n`);
  return asked === '--help' ? 0 : 2;
}

async function start(chosen: Bench, given: readonly string[]): Promise<number> {
  try {
    const values = readOptions(chosen.options, given);
    if (values.help !== 'true') return await measure(chosen, values);
    process.stdout.write(optionHelp(chosen));
    return 0;
  } catch (thrown) {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : thrown}\n`);
    return 2;
  }
}

async function measure({ name: title, run }: Bench, values: OptionValues): Promise<number> {
  const aborting = new AbortController();
  const cleanup = new Cleanup();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => aborting.abort(new Error('The bench was interrupted.')));
  try {
    const result = await abortable(run(contextOf(values, cleanup, aborting.signal)), aborting.signal);
    process.stdout.write(values.json === 'true' ? jsonReport(title, result, values) : textReport(title, result));
    return result.figures.every(passes) ? 0 : 1;
  } catch (thrown) {
    process.stderr.write(`${thrown instanceof MissingNeed ? `Not measured: ${thrown.message}` : thrown instanceof Error ? thrown.stack : thrown}\n`);
    return aborting.signal.aborted ? 130 : thrown instanceof MissingNeed ? 3 : 1;
  } finally {
    await cleanup.run();
  }
}

function contextOf(values: OptionValues, cleanup: Cleanup, signal: AbortSignal): BenchContext {
  return {
    number: (option) => readNumber(values, option),
    text: (option) => values[option] ?? '',
    isOn: (option) => values[option] === 'true',
    cleanup,
    signal,
    tell: (text) => void process.stderr.write(`… ${text}\n`),
  };
}

function abortable<T>(task: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    task.then(resolve, reject);
  });
}
