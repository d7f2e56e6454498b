import { adviceThresholdsSchema, defaultAdviceThresholds } from '@quarterdeck/contract';
import type { CatalogueEntry } from './catalogue.ts';

/** The reference page of all checks, as Markdown. `testsOf` gives the test files that name a code, from the repository's root. */
export function checksPage(entries: readonly CatalogueEntry[], testsOf: (code: string) => readonly string[]): string {
  const findings = entries.filter(({ origin }) => origin === 'issues');
  const advice = entries.filter(({ pack }) => pack === 'advice');
  const policy = entries.filter(({ pack }) => pack === 'policy');
  const section = (entry: CatalogueEntry) => entrySection(entry, testsOf(entry.code));
  return [
    '# Checks',
    '',
    'Written from the registries of `packages/diagnosis/src`: `npx vitest run --project unit packages/diagnosis/src/catalogue -u` renews it.',
    '',
    `[Findings](#findings) (${findings.length}) are symptoms of which incidents are made; [advice](#advice) (${advice.length}) and the [policy pack](#policy-pack) (${policy.length}) are told by \`qd lint\` and never open an incident. \`qd explain-check CODE\` shows one of them.`,
    '',
    '## Findings',
    '',
    ...findings.flatMap(section),
    '## Advice',
    '',
    ...advice.flatMap(section),
    '## Policy pack',
    '',
    'Off unless `qd lint --policy` asks for it.',
    '',
    ...policy.flatMap(section),
    ...thresholds(),
    ...mechanisms(findings),
  ].join('\n');
}

/** The ways in which things break that rules end at, once each. */
function mechanisms(findings: readonly CatalogueEntry[]): string[] {
  const known = new Map(findings.flatMap((entry) => entry.mechanisms).map((mechanism) => [mechanism.id, mechanism]));
  const rows = [...known.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, rule, hasRemedy }) => `| \`${id}\` | ${rule} | ${hasRemedy ? 'yes' : 'no'} |`);
  return [
    '## Mechanisms',
    '',
    'What an incident may be: a rule walks from a finding to one of these.',
    '',
    '| mechanism | rule | remedy |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ];
}

/** Where checks draw their lines, with what holds where nobody says anything else; quantities in base units. */
function thresholds(): string[] {
  const values = new Map<string, unknown>(Object.entries(defaultAdviceThresholds));
  const rows = Object.keys(adviceThresholdsSchema.shape).map((name) => {
    const value = values.get(name);
    return `| \`${name}\` | ${Array.isArray(value) ? value.join(', ') || 'none' : String(value)} |`;
  });
  return [
    '## Thresholds',
    '',
    'Set with `qd lint --threshold NAME=VALUE`; CPU in cores, the rest in bytes, per cent or pieces.',
    '',
    '| name | default |',
    '| --- | --- |',
    ...rows,
    '',
  ];
}

function entrySection(entry: CatalogueEntry, tests: readonly string[]): string[] {
  const facts = [
    ...(entry.severity === null ? [] : [`- severity: ${entry.severity}`]),
    `- silent when: ${entry.silentWhen}`,
    `- looks at: ${entry.kinds.join(', ')}`,
    ...(entry.opensAfterSeconds === null ? [] : [`- opens after ${entry.opensAfterSeconds} s, closes after ${entry.closesAfterSeconds} s`]),
    ...(entry.rules.length === 0 ? [] : [`- explained by: ${entry.rules.join(', ')}`]),
    `- test: ${tests.map((path) => `\`${path}\``).join(', ')}`,
  ];
  return [`### ${entry.code}`, '', `**${entry.title}.** ${entry.documentation}`, '', ...facts, ''];
}
