import { type ObjectRef, parseQuantity } from '@quarterdeck/contract';
import { listFact, stringFact } from '../../causes/explain.ts';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy, type RemedyProposal } from '../../model/remedy.ts';
import { templateContainer, workloadAt } from '../../pods/workload.ts';
import { formatBytes } from '../../scheduling/quantity.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace, look, type PatchOperation, proposal } from './step.ts';
import { workloadChange } from './workload-change.ts';

/** How much larger a full volume is made: a power of two that is at least twice as much. */
function grown(size: string | null): string | null {
  const bytes = size === null ? null : parseQuantity(size);
  return bytes === null || bytes <= 0 ? null : formatBytes(2 ** Math.ceil(Math.log2(bytes * 2)));
}

export const claimFullRemedy = defineRemedy({
  mechanisms: ['claim-full'],
  propose({ cause, facts }) {
    const [size, consumer] = [stringFact(facts, 'size'), stringFact(facts, 'consumer') ?? ''];
    const larger = grown(size);
    const check = look(
      `See what claim ${cause.name} has`,
      inNamespace(cause, ['describe', 'persistentvolumeclaim', cause.name]),
      'Its capacity is what the programs need.',
    );
    const patch = JSON.stringify({ spec: { resources: { requests: { storage: larger } } } });
    const grow = {
      description: `let the claim grow from ${size} to ${larger}`,
      command: commandLine(inNamespace(cause, ['patch', 'persistentvolumeclaim', cause.name, '--type=merge', '-p', patch])),
      destroys: 'Nothing, but a claim can never be made smaller again.',
    };
    const copy = `Its StorageClass ${facts.expandable === false ? 'does not allow claims to grow' : 'was not seen to allow claims to grow'}: a larger claim has to be made and the data copied over.`;
    return proposal(
      `Make room on PersistentVolumeClaim ${cause.name}${size === null ? '' : ` (${size})`}: delete what is not needed there, or give it more.`,
      [check],
      {
        decisions: facts.expandable === true && larger !== null ? [grow] : [],
        evidenceToGather: [
          `What fills it: kubectl exec into a pod of ${consumer} and run du below ${stringFact(facts, 'mountPath')}.`,
          ...(facts.expandable === true ? [] : [copy]),
        ],
        recommendations: ['Watch kubelet_volume_stats_available_bytes and warn below 15 %, and let logs and temporary files be rotated.'],
      },
    );
  },
});

export const emptyDirFullRemedy = defineRemedy({
  mechanisms: ['empty-dir-full'],
  propose({ cause, facts }, view) {
    const [volume, size] = [stringFact(facts, 'volume'), stringFact(facts, 'size')];
    const workload = workloadAt(cause, view);
    const index = workload?.spec.volumes?.findIndex(({ name }) => name === volume) ?? -1;
    const larger = grown(grown(size));
    if (workload === null || index < 0 || larger === null || size === null) return { missing: [`How much room the program needs in emptyDir ${volume}.`] };
    const path = `${workload.path}.volumes[${index}].emptyDir.sizeLimit`;
    const change = workloadChange(
      {
        ref: cause,
        description: `Raise the sizeLimit of emptyDir ${volume} to ${larger}`,
        change: [{ op: 'replace', path, value: larger }],
        undo: [{ op: 'replace', path, value: size }],
      },
      view,
    );
    const inMemory = workload.spec.volumes?.[index]?.emptyDir?.medium === 'Memory';
    return proposal(`Raise the sizeLimit of emptyDir ${volume} from ${size} to ${larger}.`, change.steps, {
      decisions: change.decisions,
      assumptions: [
        `How much the program writes was not measured; ${larger} is four times the limit that it met.`,
        ...(inMemory ? ['The volume lies in memory: what is written there counts against the memory limit of the container.'] : []),
      ],
    });
  },
});

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

/** Lets the kubelet create what is missing on the node. */
export const hostPathRemedy = defineRemedy({
  mechanisms: ['host-path-unfit'],
  propose({ cause, facts }, view) {
    const [path, wanted, node, field] = ['path', 'wanted', 'node', 'field'].map((name) => stringFact(facts, name));
    const type = wanted === 'directory' ? 'DirectoryOrCreate' : wanted === 'file' ? 'FileOrCreate' : null;
    if (type === null || typeof field !== 'string')
      return { missing: [`What should provide ${path} (a ${wanted}) on node ${node}: it is made by a program there, which is not installed or does not run.`] };
    const at = field.replace(/\.path$/, '.type');
    const change = workloadChange(
      {
        ref: cause,
        description: `Let the kubelet create ${path} where it is missing`,
        change: [{ op: 'replace', path: at, value: type }],
        undo: [{ op: 'replace', path: at, value: type.replace('OrCreate', '') }],
      },
      view,
    );
    return proposal(`Mount ${path} with type ${type}, so that it is created on nodes that lack it.`, change.steps, {
      decisions: change.decisions,
      assumptions: [
        `An empty ${wanted} will do. If the program needs what another one keeps there, the path is wrong or that one is not installed on node ${node}.`,
      ],
    });
  },
});

/** What a node alone can mend, with what to do there. */
export const nodeVolumeRemedy = defineRemedy({
  mechanisms: ['local-volume-path-missing', 'storage-driver-missing', 'volume-cannot-be-mounted'],
  propose({ cause, facts, mechanism }) {
    const node = stringFact(facts, 'node') ?? '';
    if (mechanism === 'local-volume-path-missing') {
      const path = stringFact(facts, 'path') ?? '';
      return proposal(`Bring back directory ${path} on node ${node}: mount the disk that belongs there.`, [describeVolume(cause)], {
        decisions: [
          {
            description: 'create the directory empty, if there was no data',
            command: commandLine(['debug', `node/${node}`, '--image=busybox', '--profile=sysadmin', '--', 'mkdir', '-p', `/host${path}`]),
            destroys: 'Nothing; but where a disk should be mounted there, its data is hidden from the pods.',
          },
        ],
      });
    }
    if (mechanism === 'storage-driver-missing') {
      const driver = stringFact(facts, 'driver') ?? '';
      return proposal(
        `Get storage driver ${driver} to run on node ${node}.`,
        [look('See which storage drivers the nodes have', ['get', 'csinodes', '-o', 'wide'], `${driver} is among those of node ${node}.`)],
        {
          evidenceToGather: [
            `The pod of the driver's DaemonSet on node ${node}: whether there is one, its state and its log. A taint that it does not tolerate keeps it away.`,
          ],
        },
      );
    }
    return {
      missing: [
        `Why ${stringFact(facts, 'server') ?? `the storage of volume ${stringFact(facts, 'volume')}`} does not serve node ${node}: ${stringFact(facts, 'reason')}. Its address, its export rules and the way to it from the node decide.`,
      ],
    };
  },
});

function describeVolume(cause: ObjectRef) {
  return look(
    `Read what ${cause.kind} ${cause.name} is`,
    inNamespace(cause, ['describe', cause.kind.toLowerCase(), cause.name]),
    'Its path exists on its node.',
  );
}

/** Data that only a node has that is gone or not allowed. */
export const volumePlacementRemedy = defineRemedy({
  mechanisms: ['volume-node-gone', 'volume-on-other-node', 'volume-node-unusable'],
  propose({ cause, facts, mechanism }, view) {
    const [claim, place, demand] = ['claim', 'place', 'demand'].map((name) => stringFact(facts, name) ?? '');
    const nodes = look('See which nodes there are, with their labels', ['get', 'nodes', '--show-labels'], `One of them has ${place} and takes pods.`);
    if (mechanism === 'volume-node-gone') {
      const bound = view.incoming(cause, 'claims')[0]?.from;
      const namespace = bound?.namespace ?? 'default';
      return proposal(`Bring back a node with ${place}, or give up the data of PersistentVolume ${cause.name}.`, [nodes], {
        decisions: [
          {
            description: 'give the data up: delete the claim and its volume, so that a new one is made or bound',
            command: `${commandLine(['delete', 'persistentvolumeclaim', claim ?? '', '-n', namespace])} && ${commandLine(['delete', 'persistentvolume', cause.name])}`,
            destroys: `All data of claim ${claim}, unless it is restored from a backup.`,
          },
        ],
        recommendations: ['Replicate or back up what lies on local disks, and drain a node only when its data is elsewhere.'],
      });
    }
    const against = mechanism === 'volume-on-other-node' ? `${cause.kind} ${cause.name} demands ${demand}` : `that node does not take its pods`;
    return {
      missing: [
        `Which gives way: the volume of claim ${claim} is on ${listFact(facts, 'nodes').join(', ')} (${place}), and ${against}. Move the data, or change the demand (or the node).`,
      ],
    };
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
