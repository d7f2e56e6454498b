import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Kubeconfig } from './cluster-context.ts';
import { kubeconfigPaths } from './kubeconfig-paths.ts';
import { type KubeconfigSources, kubeconfigConnections, loadKubeconfig } from './load-kubeconfig.ts';
import { type WatchFolder, watchFolder } from './watch-folder.ts';

export interface KubeconfigChange {
  kubeconfig: Kubeconfig;
  /** Ids of the contexts of which a file that they name (a token, a certificate) changed: a login that failed may work now. */
  touched: ReadonlySet<string>;
}

/** The kubeconfig as its files have it now. Whoever opened it closes it. */
export interface FollowedKubeconfig {
  current(): Kubeconfig;
  /** Reads the files now, and tells what changed before it resolves. */
  look(): Promise<void>;
  onChange(listener: (change: KubeconfigChange) => void): () => void;
  close(): void;
}

export interface FollowTiming {
  /** Changes this close together are one: writing a file is several. Milliseconds. */
  settleMs: number;
  /** What went missing is looked for once more after this time: kubectl writes into the file, it does not replace it. */
  confirmMs: number;
  /** Network file systems tell nobody of changes, so the files are read this often as well. */
  everyMs: number;
}

const usualTiming: FollowTiming = { settleMs: 200, confirmMs: 1000, everyMs: 30_000 };

/** Reads the kubeconfig and follows its files: contexts appear, change and disappear as they do there. */
export async function followKubeconfig(sources: KubeconfigSources, timing = usualTiming, watch: WatchFolder = watchFolder): Promise<FollowedKubeconfig> {
  const follower = new KubeconfigFollower(sources, timing, watch);
  await follower.look();
  return follower;
}

class KubeconfigFollower implements FollowedKubeconfig {
  private readonly sources: KubeconfigSources;
  private readonly timing: FollowTiming;
  private readonly watch: WatchFolder;
  /** Kept over all loads, so that logins are kept as well. */
  private readonly connections;
  private readonly listeners = new Set<(change: KubeconfigChange) => void>();
  private readonly watched = new Map<string, () => void>();
  private readonly interval: NodeJS.Timeout;
  private held: Kubeconfig = { files: [], contexts: [], currentContext: null, problems: [] };
  private heldKey: string | null = null;
  /** Of the files that matter. */
  private names: ReadonlySet<string> = new Set();
  private changedPaths = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(sources: KubeconfigSources, timing: FollowTiming, watch: WatchFolder) {
    this.sources = sources;
    this.timing = timing;
    this.watch = watch;
    this.connections = kubeconfigConnections(sources);
    this.interval = setInterval(() => void this.lookAround(), timing.everyMs).unref();
  }

  current(): Kubeconfig {
    return this.held;
  }

  onChange(listener: (change: KubeconfigChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  look(): Promise<void> {
    return this.next(true);
  }

  close(): void {
    this.closed = true;
    this.listeners.clear();
    clearInterval(this.interval);
    if (this.timer !== null) clearTimeout(this.timer);
    for (const end of this.watched.values()) end();
    this.watched.clear();
  }

  private lookAround(): Promise<void> {
    return this.next(false);
  }

  /** One look after the other. */
  private next(believe: boolean): Promise<void> {
    this.looking = this.looking.then(() => this.read(believe));
    return this.looking;
  }

  private async read(believe: boolean): Promise<void> {
    if (this.closed) return;
    const kubeconfig = await loadKubeconfig(this.sources, this.connections);
    await this.watchAll(kubeconfig);
    if (this.closed) return;
    if (!believe && loses(this.held, kubeconfig)) return this.later(this.timing.confirmMs, true);
    const key = keyOf(kubeconfig);
    const touched = this.takeTouched(kubeconfig);
    if (key === this.heldKey && touched.size === 0) return;
    this.held = kubeconfig;
    this.heldKey = key;
    for (const listener of this.listeners) listener({ kubeconfig, touched });
  }

  private takeTouched({ contexts }: Kubeconfig): ReadonlySet<string> {
    const changed = this.changedPaths;
    this.changedPaths = new Set();
    // A projected volume replaces its folder `..data`, and with it all files at once.
    const isChanged = (file: string) => changed.has(file) || changed.has(`${dirname(file)}/..data`);
    return new Set(contexts.filter((context) => context.namedFiles.some(isChanged)).map((context) => context.id));
  }

  private later(milliseconds: number, believe: boolean): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.next(believe);
    }, milliseconds).unref();
  }

  private async watchAll({ contexts }: Kubeconfig): Promise<void> {
    const { files, named } = await kubeconfigPaths(this.sources);
    const paths = [...named, ...files.map(({ path }) => path), ...contexts.flatMap((context) => context.namedFiles)];
    // A link is replaced in its own folder, what it points to in another one.
    const real = await Promise.all(paths.map((path) => realpath(path).catch(() => path)));
    const wanted = new Set([...named, ...[...paths, ...real].map((path) => dirname(path))]);
    if (this.closed) return;
    for (const [folder, end] of this.watched) {
      // A folder that appeared takes the place of the one above it, so what may not have been there is watched anew.
      if (wanted.has(folder) && !this.changedPaths.has(folder)) continue;
      end();
      this.watched.delete(folder);
    }
    this.names = new Set([...paths, ...real].map((path) => basename(path)));
    for (const folder of wanted) if (!this.watched.has(folder)) this.watchOne(folder, named.includes(folder));
  }

  /** `all`: every file in it may be a kubeconfig. */
  private watchOne(folder: string, all: boolean): void {
    const end = this.watch(folder, (name) => {
      if (name !== null && !all && !this.names.has(name) && name !== '..data') return;
      this.changedPaths.add(name === null ? folder : `${folder}/${name}`);
      this.later(this.timing.settleMs, false);
    });
    if (end !== null) this.watched.set(folder, end);
  }
}

/** Whether something that was usable is not there any more, or a file is broken that was not. */
function loses(before: Kubeconfig, after: Kubeconfig): boolean {
  const ids = new Set(after.contexts.map((context) => context.id));
  return before.contexts.some((context) => !ids.has(context.id)) || after.problems.length > before.problems.length;
}

function keyOf({ contexts, currentContext, problems, files }: Kubeconfig): string {
  return JSON.stringify([contexts, currentContext, problems, files]);
}
