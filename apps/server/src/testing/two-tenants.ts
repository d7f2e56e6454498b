import type { Transport } from '@quarterdeck/cluster';
import { type BuiltInKind, builtInKinds, type KubeObject, refTo } from '@quarterdeck/contract';
import { localPerson } from '../gate/actors.ts';
import type { Actor } from '../gate/decide.ts';
import { Sight } from '../policy/sight.ts';
import { MemoryCluster } from './memory-cluster.ts';
import { MemoryTransport } from './memory-transport.ts';

/** An object with words that occur nowhere else: in its name, as its uid, and in what it holds. */
interface Marked {
  object: KubeObject;
  words: readonly string[];
}

const teams = ['north', 'south'] as const;
export type Team = (typeof teams)[number];
const at = '2026-05-04T12:00:00Z';

/** A cluster that also answers by path, in which two teams live that may not know of each other, though one's programs call the other's. */
export class TwoTenants extends MemoryCluster {
  override readonly api: Transport = new MemoryTransport(this);
  readonly homes: Readonly<Record<Team, string>>;
  private readonly marked: Marked[] = [];
  private count = 0;

  constructor() {
    super();
    const notReady = { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: this.word(), lastTransitionTime: at };
    const node = this.put('Node', null, 'node', { status: { conditions: [notReady] } });
    this.homes = { north: this.put('Namespace', null, 'north'), south: this.put('Namespace', null, 'south') };
    const backends = { north: this.backend('north'), south: this.backend('south') };
    this.settle('north', `http://${backends.south}.${this.homes.south}.svc:8080`, node);
    this.settle('south', `http://${backends.north}.${this.homes.north}.svc:8080`, node);
  }

  /** Somebody of one team, who sees its namespace and these kinds. */
  member(team: Team, kinds: readonly string[] = ['*']): Actor {
    return { ...localPerson, id: team, name: team, policy: { namespaces: [this.homes[team]], kinds: [...kinds] } };
  }

  /** The words that may not reach somebody: those of hidden objects, but for what visible ones say themselves. */
  hiddenFrom({ policy }: Pick<Actor, 'policy'>): string[] {
    const sight = new Sight(policy);
    const said = JSON.stringify(this.all().filter((object) => sight.seesObject(object)));
    const hidden = this.marked.filter(({ object }) => !sight.seesObject(object));
    return hidden.flatMap(({ words }) => words.filter((word) => !said.includes(word)));
  }

  /** More of the same happens in one team's namespace. */
  crowd(team: Team): void {
    for (let more = 0; more < 8; more += 1) {
      this.backend(team);
      this.put('Secret', this.homes[team], 'more', { type: 'Opaque' });
      const pod = this.put('Pod', this.homes[team], 'more', {
        spec: { containers: [{ name: 'app' }] },
        status: podStatus('Pending', 'False', { waiting: { reason: 'CrashLoopBackOff' } }),
      });
      this.event(this.homes[team], 'Pod', pod);
    }
  }

  /** Something happens to everything there is. */
  stir(): void {
    const note = this.word();
    for (const object of this.all()) this.apply({ ...object, metadata: { ...object.metadata, labels: { stirred: note } } });
  }

  private word(): string {
    this.count += 1;
    return `zq${(this.count * 7_919 + 104_729).toString(36)}x`;
  }

  /** Makes an object with words of its own. Gives its name. */
  private put(kind: BuiltInKind, namespace: string | null, role: string, rest: object = {}): string {
    const [word, uid, content] = [this.word(), this.word(), this.word()];
    const name = `${role}-${word}`;
    const annotations = { note: content, log: `ERROR ${content} could not be reached` };
    const metadata = { name, uid, annotations, creationTimestamp: at, ...(namespace === null ? {} : { namespace }) };
    const object: KubeObject = Object.assign({ apiVersion: builtInKinds[kind].apiVersion, kind, metadata }, rest);
    this.marked.push({ object, words: [word, uid, content] });
    this.apply(object);
    return name;
  }

  /** A Service that finds nothing. */
  private backend(team: Team): string {
    return this.put('Service', this.homes[team], 'backend', { spec: { selector: { app: 'nobody' }, ports: [{ port: 8080 }] } });
  }

  /** A Deployment whose pods wait for an image, one that calls the other team, and what such teams have besides. */
  private settle(team: Team, peer: string, node: string): void {
    const namespace = this.homes[team];
    const labels = { app: this.word() };
    const container = { name: 'app', image: `registry/${this.word()}:1`, env: [{ name: 'BACKEND', value: peer }] };
    const template = { metadata: { labels }, spec: { containers: [container] } };
    const deployment = this.put('Deployment', namespace, 'web', {
      spec: { replicas: 2, selector: { matchLabels: labels }, template },
      status: { replicas: 2, unavailableReplicas: 2, conditions: [{ type: 'Available', status: 'False', lastTransitionTime: at }] },
    });
    const waiting = { waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling ${container.image}` } };
    const spec = { nodeName: node, containers: [container] };
    const pod = this.put('Pod', namespace, 'web', { spec, status: podStatus('Pending', 'False', waiting) });
    this.put('Pod', namespace, 'api', { spec, status: podStatus('Running', 'False', { running: {} }) });
    this.put('ConfigMap', namespace, 'settings', { data: { peer } });
    this.put('Secret', namespace, 'login', { type: 'Opaque' });
    const claim = this.put('PersistentVolumeClaim', namespace, 'data', { spec: { storageClassName: 'none' }, status: { phase: 'Pending' } });
    const unbound = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: 'pod has unbound immediate PersistentVolumeClaims',
      lastTransitionTime: at,
    };
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: claim } }];
    this.put('Pod', namespace, 'db', { spec: { containers: [container], volumes }, status: { phase: 'Pending', conditions: [unbound] } });
    this.event(namespace, 'Pod', pod);
    this.event(namespace, 'Deployment', deployment);
  }

  private event(namespace: string, kind: BuiltInKind, name: string): void {
    const about = { involvedObject: refTo(kind, namespace, name), reason: 'BackOff', type: 'Warning', message: `Back-off ${this.word()}` };
    this.put('Event', namespace, 'event', { ...about, count: 3, firstTimestamp: at, lastTimestamp: at });
  }
}

function podStatus(phase: string, ready: string, state: object) {
  const conditions = [{ type: 'Ready', status: ready, lastTransitionTime: at }];
  return { phase, startTime: at, conditions, containerStatuses: [{ name: 'app', ready: ready === 'True', restartCount: 3, state }] };
}
