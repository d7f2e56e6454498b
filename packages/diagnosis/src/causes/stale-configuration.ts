import { containerInitStuck } from '../analysers/container-init.ts';
import { containerLogErrors } from '../analysers/container-logs.ts';
import { containerUnready } from '../analysers/container-readiness.ts';
import { shortlyAfter } from '../changes/breaking-revision.ts';
import { clockTime } from '../changes/change-clause.ts';
import { writeText } from '../changes/writes.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { type FailedCall, failedCalls } from '../pods/called-services.ts';
import { evidence, logEvidence } from '../pods/evidence.ts';
import { valuesOf } from '../pods/placed-values.ts';
import { type ConfigIntake, type StaleSource, staleSources } from '../pods/stale-source.ts';
import { podRef } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy } from './explain.ts';
import { type LogSymptom, logSymptom } from './log-findings.ts';

const id = 'stale-configuration';

export type StaleFacts = {
  container: string;
  holder: string;
  intake: ConfigIntake;
  changedAt: string;
  startedAt: string;
  change: string;
  by: string;
  /** What it still calls although its configuration does not name it any more. */
  calls: string | null;
};

const intakes: Record<ConfigIntake, string> = {
  env: 'as environment variables, which are set once, at the start',
  subPath: 'through a subPath mount, which never follows a change',
  volume: 'from a volume, whose files have followed, but the program has not read them again',
};

export const configurationStale = defineMechanism<StaleFacts>({
  id: 'configuration-stale',
  title: (facts, object) => `${object.kind} ${object.name} runs with what ${facts.holder} held before it changed`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} still runs with what ${facts.holder} held before ${facts.changedAt} (${facts.change}, by ${facts.by}): ` +
    `container ${facts.container} started at ${facts.startedAt} and takes it ${intakes[facts.intake]}.` +
    `${facts.calls === null ? '' : ` It still calls ${facts.calls}, which its configuration does not name any more.`} A restart makes it read the new one.`,
});

/** A running container whose configuration was changed after its start, and that shows it. One that restarts has the new one already. */
export const staleConfigurationRule = defineRule({
  id,
  explains: [containerUnready.code, containerInitStuck.code, containerLogErrors.code],
  mechanisms: [configurationStale],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    if (symptom === null) return;
    const [source] = staleSources(symptom.log.pod, symptom.log.container, view);
    if (source === undefined) return;
    const call = outdatedCall(symptom, view);
    if (call !== null) yield stale(finding, symptom, source, call, view);
    else if (source.intake !== 'volume' && source.object.kind === 'ConfigMap' && beganThen(finding, source)) yield stale(finding, symptom, source, null, view);
  },
});

function beganThen({ since }: IdentifiedFinding, { write }: StaleSource): boolean {
  return since !== null && since >= write.at && since - write.at <= shortlyAfter;
}

/** A host that the program calls in vain and that nothing of its configuration names now: it can only have it from before. */
export function outdatedCall({ log, workload, container }: LogSymptom, view: RuleView): FailedCall | null {
  const calls = failedCalls(log.reading.facts, log.pod, view);
  if (calls.length === 0) return null;
  const texts = [...valuesOf(workload, container, view).map(({ value }) => value), ...(container.spec.command ?? []), ...(container.spec.args ?? [])];
  return calls.find(({ host }) => !isAddress(host) && !texts.some((text) => text.includes(host) || text.includes(host.split('.')[0] ?? host))) ?? null;
}

/** An address is what a name resolved to; configuration need not name it. */
function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':');
}

/** Whether a call that fails is explained by configuration that has changed since the container started. */
export function isOutdated(symptom: LogSymptom, host: string, view: RuleView): boolean {
  return outdatedCall(symptom, view)?.host === host && staleSources(symptom.log.pod, symptom.log.container, view).length > 0;
}

function stale(finding: IdentifiedFinding, symptom: LogSymptom, source: StaleSource, call: FailedCall | null, view: RuleView): Explanation {
  const { workload, log } = symptom;
  const { object, write, intake } = source;
  const change = writeText(write);
  const facts: StaleFacts = {
    container: log.container,
    holder: `${object.kind} ${object.name}`,
    intake,
    changedAt: clockTime(write.at),
    startedAt: clockTime(source.startedAt),
    change,
    by: write.by,
    calls: call === null ? null : `${call.host}${call.port === null ? '' : `:${call.port}`}`,
  };
  const text = `${facts.holder} ${change} at ${facts.changedAt}, container ${log.container} of ${log.pod.metadata.name} started at ${facts.startedAt}`;
  const seen = evidence({
    source: 'metadata',
    object,
    path: 'metadata.managedFields',
    text,
    value: change,
    at: new Date(write.at).toISOString(),
    decisive: true,
  });
  const said = call === null || !log.reading.facts.includes(call.fact) ? [] : [logEvidence(podRef(log.pod), log.container, call.fact, { decisive: true })];
  return endsAt({
    rule: id,
    finding,
    mechanism: configurationStale,
    object: workload.ref,
    facts,
    strength: call === null ? 'possible' : 'certain',
    via: ownedBy(finding.object, view),
    evidence: [seen, ...said],
  });
}
