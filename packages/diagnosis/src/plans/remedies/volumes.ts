import { type ObjectRef, parseQuantity } from '@quarterdeck/contract';
import { listFact, stringFact } from '../../causes/explain.ts';
import { defineRemedy } from '../../model/remedy.ts';
import { workloadAt } from '../../pods/workload.ts';
import { formatBytes } from '../../scheduling/quantity.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace, look, proposal } from './step.ts';
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
