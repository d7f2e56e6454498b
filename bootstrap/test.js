import { isOn } from './environment.js';
import { findChromium, findCluster, hasGo } from './machine.js';
import { prepare } from './prepare.js';
import { summarise } from './results.js';
import { asksForCluster, decideRings, needsCluster, parseRings, rings } from './rings.js';
import { runRing } from './run-ring.js';
import { runProgram, StepFailure } from './step.js';
import { withTestCluster } from './test-cluster.js';

/** Aborts when the person has seen enough: what runs is ended, nothing more starts, and the cluster goes. */
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interruption.abort());

/** `npm test [-- RING…]`: every test that this machine can run. Ends with one line of counts. */
await runProgram(async () => {
  const asked = parseRings(process.argv.slice(2));
  if ('unknown' in asked) throw new StepFailure(`There is no ring of tests ${asked.unknown}.`, { hint: `Choose of: ${rings.join(', ')}.` });
  const { wanted } = asked;
  const runtime = await prepare({ web: wanted.includes('e2e') });
  const machine = await look(runtime.program, wanted);
  const decisions = decideRings(wanted, machine);
  const runs = decisions.flatMap((decision) => (decision.run ? [decision.ring] : []));
  const results = await runAll(runs, runtime.program, machine);
  const exitCode = report(results, decisions);
  return interruption.signal.aborted ? 130 : exitCode;
});

/**
 * @param {string} node
 * @param {readonly import('./rings.js').Ring[]} wanted
 * @returns {Promise<import('./rings.js').Machine>}
 */
async function look(node, wanted) {
  const go = await hasGo();
  const cluster = wanted.some(asksForCluster) ? await findCluster({ node, env: process.env, go }) : { missing: 'no ring needs it' };
  return { go, chromium: findChromium(process.env), cluster };
}

/**
 * @param {readonly import('./rings.js').Ring[]} runs
 * @param {string} node
 * @param {import('./rings.js').Machine} machine
 */
async function runAll(runs, node, { cluster, chromium }) {
  const local = await runEach(
    runs.filter((ring) => !needsCluster(ring)),
    node,
    process.env,
  );
  const remote = runs.filter(needsCluster);
  if (remote.length === 0 || 'missing' in cluster) return local;
  const onCluster = (/** @type {string} */ kubeconfig) => {
    const browser = chromium === null ? {} : { CHROMIUM: chromium };
    return runEach(remote, node, { ...process.env, ...browser, QD_TEST_KUBECONFIG: kubeconfig });
  };
  return [...local, ...(cluster.kubeconfig === null ? await withTestCluster(node, onCluster) : await onCluster(cluster.kubeconfig))];
}

/**
 * @param {readonly import('./rings.js').Ring[]} runs
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 */
async function runEach(runs, node, env) {
  const results = [];
  for (const ring of runs) {
    if (interruption.signal.aborted) break;
    process.stdout.write(`\n== ${ring} ==\n`);
    const result = await runRing(ring, node, env);
    process.stdout.write(`${ring}: ${result.passed} passed, ${result.failed} failed, ${result.skippedTests.length} left out\n`);
    results.push(result);
  }
  return results;
}

/**
 * @param {readonly import('./results.js').Result[]} results
 * @param {readonly import('./rings.js').RingDecision[]} decisions
 */
function report(results, decisions) {
  const skippedRings = decisions.flatMap((decision) => (decision.run ? [] : [`the ${decision.ring} tests: ${decision.reason}`]));
  const skipped = [...skippedRings, ...results.flatMap((result) => result.skippedTests)];
  const strict = isOn(process.env.CI);
  process.stdout.write('\n');
  for (const what of skipped) process.stdout.write(`${strict ? 'Skipped, which counts as failed with CI set' : 'Skipped'}: ${what}\n`);
  for (const what of results.flatMap((result) => result.secondTries ?? [])) process.stdout.write(`Passed only at its second try: ${what}\n`);
  const { line, exitCode } = summarise(results, skippedRings.length, { strict });
  process.stdout.write(`${line}\n`);
  return exitCode;
}
