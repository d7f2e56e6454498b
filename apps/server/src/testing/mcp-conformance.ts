import { execFile } from 'node:child_process';
import * as z from 'zod';

/**
 * Scenarios of the conformance suite that call tools, prompts and resources of its own example server by their names. A
 * workbench has none of them.
 */
const ofTheExampleServer = [
  /^tools-call-/,
  /^prompts-get-/,
  /^resources-(read|templates|subscribe|unsubscribe)/,
  /^elicitation-/,
  /^input-required-result-(basic|request-state|multi|non-tool|result-type|tampered|capability)/,
  /^(completion-complete|json-schema-2020-12|http-custom-header-server-validation)$/,
];
/** Of this one a few checks need such a tool; as many as these. */
const partly: Readonly<Record<string, number>> = { 'server-stateless': 4 };

export interface ConformanceResult {
  /** Scenarios, and checks in them, that a workbench can pass and did. */
  scenarios: number;
  checks: number;
  /** What it should have passed and did not. */
  failed: string[];
}

/** Runs the suite at `script` against an address. */
export async function runConformance(script: string, url: string, version: string): Promise<ConformanceResult> {
  const args = [script, 'server', '--url', url, '--spec-version', version, '--suite', 'all'];
  const output = await new Promise<string>((resolve) => execFile(process.execPath, args, { maxBuffer: 20_000_000 }, (_error, stdout) => resolve(stdout)));
  const lines = [...output.matchAll(/^[✓✗] ([\w-]+): (\d+) passed, (\d+) failed$/gmu)].map(([, name, passed, failed]) =>
    lineSchema.parse({ name, passed, failed }),
  );
  const own = lines.filter(({ name }) => !ofTheExampleServer.some((pattern) => pattern.test(name)));
  return {
    scenarios: own.length,
    checks: own.reduce((sum, { passed }) => sum + passed, 0),
    failed: own.filter(({ name, failed }) => failed > (partly[name] ?? 0)).map(({ name, failed }) => `${name}: ${failed}`),
  };
}

const lineSchema = z.object({ name: z.string(), passed: z.coerce.number(), failed: z.coerce.number() });
