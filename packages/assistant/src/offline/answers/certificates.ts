import type { CertificateFacts } from '@quarterdeck/cluster';
import { type Answer, type Asking, callTool, say } from '../asking.ts';
import { bullets, code, inText, label, table } from '../markdown.ts';
import { issueList, resourceList } from '../tool-results.ts';
import type { NamedObject, Question } from '../understand/question.ts';

const mostRead = 20;
const tlsKey = 'tls.crt';

/** Until when the certificates of TLS Secrets hold, what cert-manager says of its own, and the issues that come of them. */
export async function* certificates({ subject, namespace }: Extract<Question, { intent: 'certificates' }>, asking: Asking): Answer {
  const where = namespace === null ? {} : { namespace };
  const { items } = yield* callTool(asking, 'list_resources', { kind: 'Secret', filter: 'kubernetes.io/tls', limit: mostRead, ...where }, resourceList);
  const asked = subject?.matches.find(({ kind }) => kind === 'Secret');
  const secrets = items
    .map((row): NamedObject => ({ kind: 'Secret', namespace: String(row.namespace ?? namespace), name: String(row.name) }))
    .filter(({ namespace: its, name }) => asked === undefined || (asked.name === name && asked.namespace === its));
  const rows: string[][] = [];
  for (const secret of secrets) rows.push(await rowOf(secret, asking));
  yield say(rows.length === 0 ? 'There is no Secret of the type kubernetes.io/tls that I can see.' : table(['Secret', 'For', 'Until', ''], rows));
  const { issues } = yield* callTool(asking, 'list_issues', where, issueList);
  const about = issues.filter(({ title, mechanism, explanation }) => /certificate|\btls\b/i.test(`${title} ${mechanism} ${explanation}`));
  if (about.length > 0)
    yield say(`**Issues:**\n\n${bullets(about.map(({ id, title, explanation }) => `${inText(title)}. ${inText(explanation)} (${code(id)})`))}`);
  const [only] = secrets;
  return { object: secrets.length === 1 && only !== undefined ? only : null, issueId: about[0]?.id ?? null };
}

async function rowOf(secret: NamedObject, { cluster, signal, now }: Asking): Promise<string[]> {
  const answer = await cluster.access.evidence.read({ need: 'certificate', namespace: secret.namespace ?? '', name: secret.name, key: tlsKey }, signal);
  if (answer.state !== 'answered') return [label(secret), '', 'not known', inText(answer.reason)];
  if (answer.need !== 'certificate') return [label(secret), '', 'not known', ''];
  return [label(secret), answer.value.names.join(', ') || answer.value.subject, answer.value.notAfter, remaining(answer.value, now())];
}

function remaining({ notAfter, keyMatches }: CertificateFacts, now: number): string {
  const days = Math.floor((Date.parse(notAfter) - now) / 86_400_000);
  const left = days < 0 ? `**expired ${-days} days ago**` : `${days} days left`;
  return keyMatches === false ? `${left}; its key does not belong to it` : left;
}
