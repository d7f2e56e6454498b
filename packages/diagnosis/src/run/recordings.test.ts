import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Issue, issueTouches, type ObjectRef, refLabel } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { toIssue } from '../issues/to-issue.ts';
import { diagnoseRecording } from '../testing/index.ts';

/** The fault scenarios of the sandbox, as clusters that they were loaded on were recorded (`score.py --record`). */
const scenarios = join(import.meta.dirname, '../../../../sandbox/scenarios');

const placeSchema = z.object({ kind: z.string(), namespace: z.string().nullish(), name: z.string() });
type Place = z.infer<typeof placeSchema>;
const truthSchema = z.object({
  healthy: z.boolean(),
  rootCauseObject: placeSchema.nullable(),
  rootCauseAlternatives: z.array(placeSchema),
  additionalRootCauses: z.array(placeSchema),
  rootCauseKeywords: z.array(z.string()),
  mustNotBlame: z.array(placeSchema),
});

const recorded = globSync('*/recording.qdb.json.gz', { cwd: scenarios }).map((file) => dirname(file));

async function issuesOf(scenario: string): Promise<Issue[]> {
  const { incidents } = await diagnoseRecording(join(scenarios, scenario, 'recording.qdb.json.gz'));
  return incidents.map(toIssue).filter((issue) => issue.severity !== 'low' && issueTouches(issue, scenario));
}

const ownedBy: Readonly<Record<string, readonly string[]>> = {
  Pod: ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'],
  ReplicaSet: ['Deployment'],
  Job: ['CronJob'],
};

/** Whether a cause is what the truth means: the object itself, or one that a controller made of it. */
function is(cause: ObjectRef, place: Place): boolean {
  if (place.namespace != null && place.namespace !== '*' && cause.namespace !== place.namespace) return false;
  if (cause.kind === place.kind && (place.name === '*' || cause.name === place.name)) return true;
  return (ownedBy[cause.kind] ?? []).includes(place.kind) && cause.name.startsWith(`${place.name}-`);
}

function causeOf(issue: Issue): ObjectRef {
  return issue.cause ?? { apiVersion: '', kind: issue.kind, namespace: issue.namespace, name: issue.name };
}

describe.each(recorded)('the recording of %s', (scenario) => {
  const truth = truthSchema.parse(JSON.parse(readFileSync(join(scenarios, scenario, 'truth.json'), 'utf8')));
  const main = [...(truth.rootCauseObject === null ? [] : [truth.rootCauseObject]), ...truth.rootCauseAlternatives];

  it(truth.healthy ? 'gives no issue' : 'gives the cause, with the decisive words, and blames nothing else', async () => {
    const issues = await issuesOf(scenario);
    if (truth.healthy) return expect(issues.map(({ title }) => title)).toEqual([]);
    const naming = (places: readonly Place[]) => issues.filter((issue) => places.some((place) => is(causeOf(issue), place)));
    const right = [...naming(main), ...truth.additionalRootCauses.flatMap((place) => naming([place]))];
    expect(right, `named: ${issues.map(({ title, cause }) => `${title} (${cause === null ? 'unexplained' : refLabel(cause)})`).join('; ')}`).not.toEqual([]);
    for (const place of truth.additionalRootCauses) expect(naming([place])).not.toEqual([]);
    const said = right
      .map((issue) => [issue.title, issue.explanation, ...issue.evidence.map(({ text }) => text), refLabel(causeOf(issue))].join(' '))
      .join(' ');
    for (const word of truth.rootCauseKeywords) expect(said).toMatch(new RegExp(word, 'i'));
    expect(naming(truth.mustNotBlame).map(({ title }) => title)).toEqual([]);
  });
});

it('every scenario has a recording', () => {
  const without = globSync('*/truth.json', { cwd: scenarios }).map((file) => basename(dirname(file)));
  expect(without.filter((scenario) => !existsSync(join(scenarios, scenario, 'recording.qdb.json.gz')))).toEqual([]);
});
