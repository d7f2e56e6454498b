import { type Change, type ObjectRef, propagationPolicies } from '@quarterdeck/contract';
import * as z from 'zod';
import {
  changeInput,
  changeOptions,
  fileInput,
  fileOptions,
  selectionInput,
  selectionOptions,
  showInput,
  showOptions,
  timeoutInput,
  yesInput,
  yesOptions,
} from '../changes/change-options.ts';
import type { ChangeSession } from '../changes/change-session.ts';
import { defineCommand } from '../command.ts';

const input = z.object({
  ...changeInput,
  ...showInput,
  ...fileInput,
  ...selectionInput,
  ...yesInput,
  cascade: z.enum(propagationPolicies).default('background'),
  gracePeriod: z.coerce.number('must be a number of seconds').int().min(-1).default(-1),
  now: z.boolean().default(false),
  force: z.boolean().default(false),
  fieldSelector: z.string().min(1).optional(),
  where: z.string().min(1).optional(),
  allNamespaces: z.boolean().default(false),
  ignoreNotFound: z.boolean().default(false),
  wait: z.enum(['true', 'false']).default('true'),
  timeout: timeoutInput,
});
type Input = z.output<typeof input>;

export const deleteObjects = defineCommand({
  name: 'delete',
  summary: 'Delete objects',
  description: 'Asks first on a terminal. Owners are deleted before what they own.',
  input,
  arguments: {},
  rest: ['targets', 'TYPE NAME …, or TYPE/NAME …'],
  options: {
    ...fileOptions,
    ...selectionOptions,
    fieldSelector: { value: 'fields', description: 'All objects of the type with these fields, e.g. status.phase=Failed' },
    where: { value: 'filter', description: "All objects of the type whose rows match the workbench's filter, e.g. 'status:failed age>7d'" },
    allNamespaces: { short: 'A', description: 'In all namespaces' },
    cascade: { value: 'background|foreground|orphan', description: 'What happens to what they own (default: background)' },
    gracePeriod: { value: 'seconds', description: "Time for pods to end (default: each pod's own)" },
    now: { description: 'The same as --grace-period=1' },
    force: { description: 'Remove pods from the API without waiting for their node' },
    ignoreNotFound: { description: 'What is not there is no failure' },
    wait: { value: 'true|false', description: 'Whether to wait until they are gone (default: true)' },
    timeout: { value: 'duration', description: 'How long to wait (default: 0s, as long as it takes)' },
    ...yesOptions,
    ...showOptions,
    ...changeOptions,
  },
  examples: [
    ['delete pod web-7d9c', 'one pod'],
    ['delete deploy,svc -l app=web --yes', 'everything with a label, without being asked'],
    ['delete -f web.yaml', 'what a file describes'],
  ],
  async run(typed, context) {
    const { runChanges, typeName, withCluster } = await import('../changes/change-session.ts');
    const [{ several }, { confirmChanges, sharedNamespace }] = await Promise.all([import('../changes/confirm.ts'), import('../changes/confirm-changes.ts')]);
    return withCluster(typed, context, async (session) => {
      const { changes, uids } = await present(session, await plan(session, typed), typed);
      if (changes.length === 0) {
        context.out.write('No resources found\n');
        return 0;
      }
      const names = changes.map(({ target }) => `${typeName(target)}/${target.name}`);
      const consent = { yes: typed.yes, confirm: typed.confirm, namespace: sharedNamespace(changes) };
      await confirmChanges(session, changes, `Delete ${several(names)}?`, consent);
      const code = await runChanges(
        session,
        changes,
        ({ target }) => `${typeName(target)} "${target.name}" ${typed.force ? 'force ' : ''}deleted${placeOf(target)}`,
      );
      if (typed.wait === 'true' && typed.dryRun === 'none' && code === 0) await untilGone(session, uids, typed.timeout);
      return code;
    });
  },
});

function placeOf({ namespace }: ObjectRef): string {
  return namespace === null ? '' : ` from ${namespace} namespace`;
}

async function plan(session: ChangeSession, typed: Input): Promise<Change[]> {
  const gracePeriodSeconds = typed.force ? 0 : typed.now ? 1 : typed.gracePeriod;
  const deletion = { propagation: typed.cascade, ...(gracePeriodSeconds < 0 ? {} : { gracePeriodSeconds }) };
  if (typed.filename.length > 0) {
    const { readManifests } = await import('../changes/read-manifests.ts');
    return readManifests(session, typed, { verb: 'delete', deletion });
  }
  const { selectTargets } = await import('../changes/select-targets.ts');
  return (await selectTargets(session, typed)).map((target) => ({ verb: 'delete', target, ...deletion }));
}

interface Present {
  changes: Change[];
  uids: (ObjectRef & { uid: string })[];
}

/** The deletions with the uid of what they are about, so that waiting ends even where another object takes its name. */
async function present(session: ChangeSession, changes: readonly Change[], { ignoreNotFound }: Input): Promise<Present> {
  const uids = await Promise.all(changes.map(({ target }) => uidOf(session, target)));
  const found: Present = { changes: [], uids: [] };
  for (const [index, change] of changes.entries()) {
    const uid = uids[index];
    if (uid === 'gone' && ignoreNotFound) continue;
    found.changes.push(change);
    if (typeof uid === 'object') found.uids.push({ ...change.target, ...uid });
  }
  return found;
}

/** Without the right to look, one may still delete. */
async function uidOf({ access, context: { signal } }: ChangeSession, target: ObjectRef): Promise<{ uid: string } | 'gone' | 'unknown'> {
  const { kindFor } = await import('@quarterdeck/cluster');
  const { toAppError } = await import('@quarterdeck/contract');
  try {
    const { metadata } = await access.get(kindFor(await access.kinds(signal), target), target.namespace, target.name, signal);
    return metadata.uid === undefined ? 'unknown' : { uid: metadata.uid };
  } catch (thrown) {
    const { code } = toAppError(thrown);
    if (code === 'NOT_FOUND') return 'gone';
    if (code === 'FORBIDDEN') return 'unknown';
    throw thrown;
  }
}

async function untilGone({ access, context }: ChangeSession, targets: Present['uids'], timeoutSeconds: number): Promise<void> {
  const { untilDeleted } = await import('@quarterdeck/cluster');
  await Promise.all(targets.map((target) => untilDeleted(access, target, { timeoutSeconds, signal: context.signal })));
}
