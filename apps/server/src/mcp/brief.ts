import { coverageSchema, type IssueDetail, issueDetailSchema, issueSchema, type ObjectRef, refLabel } from '@quarterdeck/contract';
import * as z from 'zod';

/** What of a tool's value a program is told. `input` is what it was called with. */
type Brief = (value: unknown, input: Record<string, unknown>) => unknown;

const most = { affected: 6, evidence: 12, changes: 8 };

/** Causes before dumps: the tools whose values say more than a question needs. What is none of these is told as it is. */
const briefs: Record<string, Brief> = {
  list_issues: (value) => briefList(value),
  get_issue: (value) => briefIssue(value),
  get_resource: (value, { fields }) => projected(withoutBookkeeping(value), namesIn(fields)),
  list_resources: (value, { columns }) => withColumns(value, namesIn(columns)),
};

export function inBrief(tool: string, value: unknown, input: Record<string, unknown>): unknown {
  return briefs[tool]?.(value, input) ?? value;
}

/** What programs may ask for besides what the tool takes: less. */
export const askedForLess: Record<string, z.ZodRawShape> = {
  get_resource: {
    fields: z.array(z.string().max(200)).max(20).optional().describe('Only these, as `spec.template.spec.containers` or `status`; left out, all of it.'),
  },
  list_resources: { columns: z.array(z.string().max(60)).max(20).optional().describe('Only these columns; left out, all that say something.') },
};

const listSchema = z.object({ issues: z.array(issueSchema.omit({ evidence: true })), coverage: coverageSchema, checkedAt: z.string() });

function briefList(value: unknown): unknown {
  const list = listSchema.safeParse(value);
  if (!list.success) return value;
  const { issues, coverage, checkedAt } = list.data;
  return {
    checkedAt,
    total: issues.length,
    issues: issues.map(({ id, severity, title, cause, explanation, confidence, affected }) => ({
      ...{ id, severity, title, cause: labelOf(cause), why: explanation, confidence },
      affected: fewOf(affected),
    })),
    notSeen: coverage.skipped,
  };
}

function briefIssue(value: unknown): unknown {
  const issue = issueDetailSchema.safeParse(value);
  if (!issue.success) return value;
  const { id, title, severity, confidence, mechanism, cause, explanation, affected, changes, notSeen, detectedAt } = issue.data;
  return {
    ...{ id, title, severity, confidence, mechanism, since: detectedAt, cause: labelOf(cause), why: explanation, affected: fewOf(affected) },
    chains: chainsOf(issue.data),
    evidence: evidenceOf(issue.data),
    changes: changes.slice(-most.changes).map(({ at, object, by, what }) => ({ at, object: refLabel(object), by, what })),
    notSeen,
  };
}

/** `Secret shop/db (missing) → Deployment shop/web (0/2 ready)`. */
function chainsOf({ chains }: IssueDetail): string[] {
  return chains.slice(0, 3).map((chain) => chain.map(({ object, stateText }) => `${refLabel(object)}${stateText === '' ? '' : ` (${stateText})`}`).join(' → '));
}

/** What decides first, and nothing twice. */
function evidenceOf({ evidence, findings }: IssueDetail): string[] {
  const all = [...evidence, ...findings.flatMap((finding) => finding.evidence)];
  const texts = [...all.filter(({ decisive }) => decisive), ...all].map(({ object, text }) => `${refLabel(object)}: ${text}`);
  return [...new Set(texts)].slice(0, most.evidence);
}

function labelOf(ref: ObjectRef | null): string | null {
  return ref === null ? null : refLabel(ref);
}

function fewOf(refs: readonly ObjectRef[]): string[] {
  const shown = refs.slice(0, most.affected).map(refLabel);
  return refs.length > shown.length ? [...shown, `and ${refs.length - shown.length} more`] : shown;
}

const objectSchema = z.looseObject({ metadata: z.looseObject({ annotations: z.record(z.string(), z.unknown()).optional() }) });
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Who wrote which field is what get_timeline tells, and what was last applied says it all once more. */
function withoutBookkeeping(value: unknown): unknown {
  const object = objectSchema.safeParse(value);
  if (!object.success) return value;
  const { managedFields: _managed, annotations, ...metadata } = object.data.metadata;
  const kept = Object.fromEntries(Object.entries(annotations ?? {}).filter(([name]) => name !== lastApplied));
  return { ...object.data, metadata: { ...metadata, annotations: kept } };
}

const namesSchema = z.array(z.string());
const recordSchema = z.record(z.string(), z.unknown());

function namesIn(value: unknown): readonly string[] | null {
  return namesSchema.safeParse(value).data ?? null;
}

function projected(value: unknown, fields: readonly string[] | null): unknown {
  return fields === null ? value : Object.fromEntries(fields.map((path) => [path, path.split('.').reduce<unknown>(fieldOf, value) ?? 'not there']));
}

function fieldOf(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return /^\d+$/.test(name) ? value[Number(name)] : value.map((each) => fieldOf(each, name));
  return recordSchema.safeParse(value).data?.[name];
}

const rowsSchema = z.looseObject({ items: z.array(recordSchema) });

function withColumns(value: unknown, columns: readonly string[] | null): unknown {
  const list = rowsSchema.safeParse(value);
  if (columns === null || !list.success) return value;
  return { ...list.data, items: list.data.items.map((row) => Object.fromEntries(columns.map((column) => [column, row[column] ?? null]))) };
}
