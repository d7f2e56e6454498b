import { stringFact } from '../../causes/explain.ts';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy, type RemedyProposal } from '../../model/remedy.ts';
import { templateContainer, workloadAt } from '../../pods/workload.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { type PatchOperation, proposal } from './step.ts';
import { workloadChange } from './workload-change.ts';

/** Gives the program a place that it may write to. */
export const readOnlyPathRemedy = defineRemedy({
  mechanisms: ['path-read-only'],
  propose(incident, view) {
    const { cause, facts } = incident;
    const [why, field, path] = ['why', 'field', 'path'].map((name) => stringFact(facts, name));
    if ((why === 'mount' || why === 'volume') && typeof field === 'string') return writable(incident, field, view);
    if (why === 'root-file-system' && typeof path === 'string') {
      const scratch = scratchChange(incident, path, view);
      if (scratch !== null) return scratch;
    }
    return {
      missing: [
        `Where container ${stringFact(facts, 'container')} of ${cause.kind} ${cause.name} should write instead of ${path}: files of ConfigMaps and Secrets can only be read. An emptyDir, and a setting of the program that names it, would do.`,
      ],
    };
  },
});

function writable({ cause, facts }: Incident, field: string, view: ClusterView): RemedyProposal {
  const change = workloadChange(
    {
      ref: cause,
      description: `Mount ${stringFact(facts, 'volume')} so that it can be written`,
      change: [{ op: 'replace', path: field, value: false }],
      undo: [{ op: 'replace', path: field, value: true }],
    },
    view,
  );
  return proposal(`Let container ${stringFact(facts, 'container')} write to ${stringFact(facts, 'volume')}.`, change.steps, {
    decisions: change.decisions,
    assumptions: ['Whoever mounted it read-only did not do so to keep this program from writing there.'],
  });
}

function scratchChange({ cause, facts }: Incident, path: string, view: ClusterView): RemedyProposal | null {
  const workload = workloadAt(cause, view);
  const container = workload === null ? null : templateContainer(workload, stringFact(facts, 'container') ?? '');
  const directory = path.replace(/\/[^/]*$/, '');
  if (workload === null || container === null || directory === '') return null;
  const name = `writable${directory.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}`.slice(0, 60).replace(/-$/, '');
  const change = workloadChange(
    {
      ref: cause,
      description: `Mount an emptyDir at ${directory}`,
      change: [
        ...appended(`${workload.path}.volumes`, workload.spec.volumes, { name, emptyDir: { sizeLimit: '256Mi' } }),
        ...appended(`${container.path}.volumeMounts`, container.spec.volumeMounts, { name, mountPath: directory }),
      ],
      undo: [
        { op: 'remove', path: `${container.path}.volumeMounts[${container.spec.volumeMounts?.length ?? 0}]` },
        { op: 'remove', path: `${workload.path}.volumes[${workload.spec.volumes?.length ?? 0}]` },
      ],
    },
    view,
  );
  return proposal(
    `Give container ${stringFact(facts, 'container')} a directory ${directory} that it may write to, and keep its root file system read-only.`,
    change.steps,
    {
      decisions: change.decisions,
      assumptions: [`The image brings nothing in ${directory} that the program needs, and what it writes there may be lost with the pod.`],
    },
  );
}

function appended(path: string, list: readonly unknown[] | undefined, value: unknown): PatchOperation[] {
  return list === undefined || list.length === 0 ? [{ op: 'add', path, value: [value] }] : [{ op: 'add', path: `${path}[-]`, value }];
}

/** Hands the volume over to a group of the user's own number. */
export const volumeOwnershipRemedy = defineRemedy({
  mechanisms: ['volume-not-accessible'],
  propose({ cause, facts }, view) {
    const workload = workloadAt(cause, view);
    const { user } = facts;
    const volume = stringFact(facts, 'volume') ?? '';
    if (workload === null || typeof user !== 'number')
      return {
        missing: [`As which user the program of ${cause.kind} ${cause.name} runs: its image says it. fsGroup of the pod has to be a group of that user.`],
      };
    if (volume.startsWith('hostPath'))
      return { missing: [`Who may change the owner of ${volume} on the node: fsGroup does nothing for host paths. chown it there to user ${user}.`] };
    const path = `${workload.path}.securityContext`;
    const present = workload.spec.securityContext !== undefined;
    const change = workloadChange(
      {
        ref: cause,
        description: `Set fsGroup ${user}, so that ${volume} belongs to the user of the pod`,
        change: [present ? { op: 'add', path: `${path}.fsGroup`, value: user } : { op: 'add', path, value: { fsGroup: user } }],
        undo: [{ op: 'remove', path: present ? `${path}.fsGroup` : path }],
      },
      view,
    );
    return proposal(`Set securityContext.fsGroup ${user} for the pods of ${cause.kind} ${cause.name}.`, change.steps, {
      decisions: change.decisions,
      assumptions: ['The kind of volume supports fsGroup; network shares with their own permissions do not.'],
    });
  },
});

/** Mounts the one file that is meant. */
export const subPathRemedy = defineRemedy({
  mechanisms: ['mount-needs-sub-path'],
  propose({ cause, facts }, view) {
    const [path, key] = [stringFact(facts, 'path'), stringFact(facts, 'key')];
    if (path === null || key === null) return { missing: ['The mount that lacks its subPath.'] };
    const change = workloadChange(
      {
        ref: cause,
        description: `Mount the file ${key} alone (subPath)`,
        change: [{ op: 'add', path: `${path}.subPath`, value: key }],
        undo: [{ op: 'remove', path: `${path}.subPath` }],
      },
      view,
    );
    return proposal(`Mount ${key} of ${stringFact(facts, 'source')} as the file ${stringFact(facts, 'mountPath')}.`, change.steps, {
      decisions: change.decisions,
      assumptions: ['The program does not need the file to follow later changes: a subPath mount stays as it was when the pod started.'],
    });
  },
});

/** Which file the program means is known where its own words are misspelt; what is to be in it is not. */
export const mountedFileRemedy = defineRemedy({
  mechanisms: ['mounted-file-missing', 'optional-source-missing'],
  propose({ cause, facts, mechanism }, view) {
    const [path, file, meant, consumer] = ['path', 'file', 'meant', 'consumer'].map((name) => stringFact(facts, name));
    const workload = typeof meant === 'string' && typeof path === 'string' && typeof file === 'string' ? workloadAt(cause, view) : null;
    const wrong = workload === null || typeof path !== 'string' ? null : wordWith(workload, path);
    if (wrong !== null && typeof meant === 'string' && typeof file === 'string') {
      const right = wrong.word.replaceAll(`/${file}`, `/${meant}`);
      const change = workloadChange(
        {
          ref: cause,
          description: `Read ${meant} instead of ${file}`,
          change: [{ op: 'replace', path: wrong.path, value: right }],
          undo: [{ op: 'replace', path: wrong.path, value: wrong.word }],
        },
        view,
      );
      return proposal(`Let ${consumer} read ${meant}, which is mounted there.`, change.steps, {
        decisions: change.decisions,
        assumptions: [`${meant} is what was meant.`],
      });
    }
    const what = mechanism === 'optional-source-missing' ? `${cause.kind} ${cause.name}` : `file ${file}`;
    return {
      missing: [
        `What ${what} should hold: ${consumer} reads it at ${path}, and nothing in the cluster says what belongs there. Add it as a key of ${cause.kind === 'Secret' ? 'the Secret' : `ConfigMap ${stringFact(facts, 'name') ?? cause.name}`}, then restart ${consumer}.`,
      ],
    };
  },
});

/** The word of a command that names a path, with its field. */
function wordWith({ spec, path: base }: NonNullable<ReturnType<typeof workloadAt>>, path: string): { word: string; path: string } | null {
  for (const [index, container] of spec.containers.entries()) {
    for (const list of ['command', 'args'] as const) {
      const at = (container[list] ?? []).findIndex((word) => word.includes(path));
      const word = container[list]?.[at];
      if (word !== undefined) return { word, path: `${base}.containers[${index}].${list}[${at}]` };
    }
  }
  return null;
}
