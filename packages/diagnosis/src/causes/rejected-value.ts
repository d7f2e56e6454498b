import { type ObjectRef, sameRef } from '@quarterdeck/contract';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { evidence, fieldEvidence } from '../pods/evidence.ts';
import { type PlacedValue, valuesOf } from '../pods/placed-values.ts';
import { podRef, type RolloutFacts, rolloutClause, rolloutFacts } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy } from './explain.ts';
import { failuresWithLog, type LogSymptom, logSymptom } from './log-findings.ts';

const id = 'rejected-value';

export type RejectedValueFacts = RolloutFacts & { container: string; consumer: string; name: string; value: string; path: string; line: string };

export const valueRejected = defineMechanism<RejectedValueFacts>({
  id: 'configured-value-rejected',
  title: (facts) => `${facts.name} has the value ${facts.value}, which the program rejects`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${facts.consumer} rejects the value ${facts.value} of ${facts.name}, which it takes from ${object.kind} ${object.name} (${facts.path}): ${facts.line}.${rolloutClause(facts)}`,
});

/** Words with which programs turn a value down; a host that does not answer is another matter. */
const rejects =
  /\b(?:invalid|illegal|unsupported|malformed|unparsable|unrecognized|unknown|unexpected|out of range|not a (?:valid )?(?:number|integer|boolean|url|port|duration)|(?:can(?:not|'t)|could not|unable to|failed to) (?:parse|convert|decode)|must be (?:one of|an? |between|in )|ValueError|NumberFormatException|IllegalArgumentException|ParseError|bad value|parsing)\b/i;

export const rejectedValueRule = defineRule({
  id,
  explains: failuresWithLog,
  mechanisms: [valueRejected],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    const rejected = symptom === null ? null : rejectedIn(symptom, view);
    if (symptom === null || rejected === null) return;
    const { workload, log } = symptom;
    const { place, line } = rejected;
    const consumer = `${workload.ref.kind} ${workload.ref.name}`;
    const facts = { container: log.container, consumer, name: place.name, value: place.value, path: place.path, line, ...rolloutFacts(log.pod, view) };
    const own = place.holder.kind !== 'ConfigMap';
    yield endsAt({
      rule: id,
      finding,
      mechanism: valueRejected,
      object: place.holder,
      facts,
      strength: 'certain',
      via: own ? ownedBy(finding.object, view) : edgeTo(place.holder, finding.object, view),
      evidence: [
        evidence({ source: 'log', object: podRef(log.pod), container: log.container, text: line, value: line, decisive: true }),
        fieldEvidence(place.holder, place.path, place.value, { decisive: true }),
      ],
    });
  },
});

/** The one setting whose value, or whose name, a rejecting line of the log quotes; nothing where two settings could be meant. */
function rejectedIn({ log, workload, container }: LogSymptom, view: RuleView): { place: PlacedValue; line: string } | null {
  const { facts, lastLine } = log.reading;
  const said = facts.filter(({ claim }) => claim.kind === 'exception').map(({ line }) => line);
  const lines = facts.some(({ line, claim }) => line === lastLine && claim.kind !== 'exception') ? said : [...said, lastLine ?? ''];
  const values = valuesOf(workload, container, view);
  for (const line of lines.filter((candidate) => rejects.test(candidate))) {
    const quoted = values.filter(({ value }) => isQuoted(value, line));
    const named = (quoted.length > 0 ? quoted : values).filter(({ name }) => isNamed(name, line));
    const [place, second] = named.length > 0 ? named : quoted;
    if (place !== undefined && second === undefined) return { place, line };
  }
  return null;
}

/** A value stands in quotation marks or at the end after a colon, so that an ordinary word is not taken for one. */
function isQuoted(value: string, line: string): boolean {
  if (value.length < 2) return false;
  return ["'", '"', '`'].some((mark) => line.includes(`${mark}${value}${mark}`)) || line.endsWith(`: ${value}`);
}

/** Only names that cannot be mistaken for a word: with an underscore, a dot or in capitals throughout. */
function isNamed(name: string, line: string): boolean {
  const telling = /[_.]/.test(name) || /^[A-Z][A-Z0-9]+$/.test(name);
  return telling && new RegExp(`(?<![\\w.])${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w])`).test(line);
}

function edgeTo(holder: ObjectRef, from: ObjectRef, view: RuleView) {
  return view.outgoing(from).find(({ to }) => sameRef(to, holder)) ?? null;
}
