import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';

const run = promisify(execFile);

const version = '4.32.5';
/** Not in the repository: made once, from PyPI. */
const environment = join(import.meta.dirname, '..', '..', '..', '..', '.python', `schemathesis-${version}`);
const program = join(environment, 'bin', 'schemathesis');

const reportSchema = z.object({
  operations: z.object({ selected: z.number(), tested: z.number() }),
  test_cases: z.object({ generated: z.number() }),
  failures: z.array(z.object({ title: z.string(), operations: z.array(z.string()) })),
});
export type SchemathesisReport = z.infer<typeof reportSchema>;

export interface SchemathesisRun {
  /** What is tested: `http://127.0.0.1:7420`. */
  url: string;
  document: unknown;
  /** Null: calls that do not say who asks. */
  token: string | null;
  seconds: number;
  /** Checks that this run leaves out. */
  without?: string[];
  /** More of its command line. */
  more?: string[];
}

/** Puts Schemathesis into its own Python environment. Needs Python and PyPI the first time. */
export async function prepareSchemathesis(): Promise<void> {
  if (existsSync(program)) return;
  await run('python3', ['-m', 'venv', environment]);
  await run(join(environment, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', `schemathesis==${version}`]);
}

/** Calls an API by its document, in all phases, and gives what was wrong. Repeatable: the seed is fixed. */
export async function schemathesis({
  url,
  document,
  token,
  seconds,
  without = [],
  more = [],
}: SchemathesisRun): Promise<SchemathesisReport & { text: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'schemathesis-'));
  const [openapi, report] = [join(folder, 'openapi.json'), join(folder, 'report.json')];
  await writeFile(openapi, JSON.stringify(document));
  const config = ['--config-file', join(import.meta.dirname, 'schemathesis.toml')];
  const bounds = ['--max-time', String(seconds), '--max-examples', '15', '--seed', '7', '--workers', '2', '--request-timeout', '10'];
  const asked = ['--phases', 'examples,coverage,fuzzing,stateful', '--continue-on-failure', '--report', 'json', '--report-json-path', report];
  const auth = token === null ? [] : ['--header', `Authorization: Bearer ${token}`];
  const excluded = without.length === 0 ? [] : ['--exclude-checks', without.join(',')];
  const env = { ...process.env, SCHEMATHESIS_HOOKS: 'schemathesis_hooks', PYTHONPATH: import.meta.dirname, PYTHONDONTWRITEBYTECODE: '1' };
  const args = [...config, 'run', openapi, '--url', url, ...bounds, ...asked, ...auth, ...excluded, ...more];
  const text = await run(program, args, { env, cwd: folder, maxBuffer: 64 * 1024 * 1024 }).then(({ stdout }) => stdout, toldOnFailure);
  return { ...reportSchema.parse(JSON.parse(await readFile(report, 'utf8'))), text };
}

/** It ends with another code than 0 where it found something, and says what on standard output. */
function toldOnFailure(thrown: unknown): string {
  return thrown instanceof Error && 'stdout' in thrown && 'stderr' in thrown ? `${thrown.stdout}\n${thrown.stderr}` : String(thrown);
}
