import { descriptorFor } from '@quarterdeck/contract';
import { type Answer, type Asking, callTool, nothingPointed, say } from '../asking.ts';
import { age, code, inText, table } from '../markdown.ts';
import { type ListedRow, resourceList } from '../tool-results.ts';
import { anyWorkload, workloadKinds } from '../understand/kind-words.ts';
import type { Question } from '../understand/question.ts';

type Asked = Extract<Question, { intent: 'list' | 'count' }>;

const mostShown = 30;
const mostColumns = 7;

interface Listed {
  kind: string;
  apiVersion: string;
  total: number;
  items: readonly ListedRow[];
}

/** The objects of a kind that are meant, as a table; or how many there are. */
export async function* list(question: Asked, asking: Asking): Answer {
  const lists: Listed[] = [];
  for (const kind of question.kind === anyWorkload ? workloadKinds : [question.kind]) {
    lists.push(yield* callTool(asking, 'list_resources', { kind, ...query(question) }, resourceList));
  }
  const total = lists.reduce((sum, each) => sum + each.total, 0);
  const { unheeded } = question.selection;
  if (unheeded.length > 0) yield say(`I can't select by ${unheeded.map((words) => `"${inText(words)}"`).join(' or ')}; this is without it.`);
  yield say(`${headline(question, total)}${total === 0 ? '.' : ':'}`);
  if (question.intent === 'count' && total > fewEnough) return pointed(lists);
  for (const each of lists.filter(({ items }) => items.length > 0)) yield say(rows(each, question.namespace === null, asking));
  const restarts = question.selection.sort === '-restarts' ? lists.flatMap(({ items }) => items).reduce((sum, row) => sum + Number(row.restarts ?? 0), 0) : 0;
  if (restarts > 0) yield say(`${restarts} ${restarts === 1 ? 'restart' : 'restarts'} altogether.`);
  const left = total - lists.reduce((sum, { items }) => sum + items.length, 0);
  if (left > 0) yield say(`${left} more are left out. Ask with a namespace or a condition for fewer.`);
  return pointed(lists);
}

/** Where only their number is asked for, so many are named all the same. */
const fewEnough = 5;

function query({ intent, namespace, selection: { filter, sort, limit } }: Asked) {
  return { filter, sort, limit: intent === 'count' ? fewEnough : (limit ?? mostShown), ...(namespace === null ? {} : { namespace }) };
}

function headline({ kind, namespace, selection: { words } }: Asked, total: number): string {
  const condition = words.length === 0 ? '' : ` (${words.join(', ')})`;
  const where = namespace === null ? 'in the cluster' : `in the namespace ${code(namespace)}`;
  return `**${total}** ${total === 1 ? kind : plural(kind)} ${where}${condition}`;
}

function plural(kind: string): string {
  return `${kind}${/(?:s|x|ch|sh)$/.test(kind) ? 'es' : 's'}`.replace(/ys$/, 'ies');
}

function rows({ kind, apiVersion, items }: Listed, withNamespace: boolean, asking: Asking): string {
  const columns = descriptorFor(apiVersion, kind)
    .columns.filter(({ id, wide }) => wide !== true && (withNamespace || id !== 'namespace') && items.some((row) => row[id] !== null && row[id] !== undefined))
    .slice(0, mostColumns);
  const extra = columns.some(({ id }) => id === 'age') ? [] : descriptorFor(apiVersion, kind).columns.filter(({ id }) => id === 'age');
  const shown = [...columns, ...extra];
  const cells = items.map((row) => shown.map(({ id, type }) => (type === 'time' ? age(text(row[id]) || null, asking.now()) : text(row[id]))));
  return table(
    shown.map(({ label }) => label),
    cells,
  );
}

function text(cell: string | number | null | undefined): string {
  return cell === null || cell === undefined ? '' : String(cell);
}

/** A follow-up is about the object where there is one alone. */
function pointed(lists: readonly Listed[]) {
  const [only, ...others] = lists.filter(({ total }) => total > 0);
  const [item] = only?.items ?? [];
  if (only === undefined || item === undefined || others.length > 0 || only.total > 1) return nothingPointed;
  return { object: { kind: only.kind, namespace: text(item.namespace) || null, name: text(item.name) }, issueId: null };
}
