import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';
import type { TerminalKube } from '@quarterdeck/contract';
import type { KubeDoor, KubeOverlay } from './kube-overlay.ts';

/** kubectl writes a lock and the file: one look is enough. Milliseconds. */
const settle = 60;

export interface KubeWatchOptions {
  overlay: KubeOverlay;
  pinned: boolean;
  /** Names of contexts that others live by. */
  production: ReadonlySet<string>;
  changed(kube: TerminalKube | null): void;
  report(what: string, thrown: unknown): void;
}

/** Which cluster a shell speaks to, as it changes: by the workbench, or by kubectl in the shell itself. */
export class KubeWatch {
  private readonly options: KubeWatchOptions;
  private readonly overlay: KubeOverlay;
  private pinned: boolean;
  private shown: TerminalKube | null = null;
  /** The shell was given another KUBECONFIG by the person's own files, or by hand: ours says nothing there. */
  private left = false;
  private watcher: FSWatcher | null = null;
  private timer: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(options: KubeWatchOptions) {
    this.options = options;
    this.overlay = options.overlay;
    this.pinned = options.pinned;
  }

  get current(): TerminalKube | null {
    return this.shown;
  }

  async start(): Promise<void> {
    // The folder, and not the file, which is replaced.
    this.watcher = watch(dirname(this.overlay.path), { persistent: false }, () => this.lookSoon());
    this.watcher.on('error', (thrown) => this.options.report('The kubeconfig of a terminal is not watched', thrown));
    await this.look();
  }

  /** Throws NOT_FOUND for a context that is in none of the shell's files. */
  async set(kube: { context: string; namespace: string | null; pinned: boolean }, door: KubeDoor | null): Promise<TerminalKube | null> {
    this.pinned = kube.pinned;
    await this.overlay.set(kube.context, kube.namespace, door);
    await this.look();
    return this.shown;
  }

  /** What the shell says of its KUBECONFIG. */
  told(value: string): void {
    const left = value.split(':')[0] !== this.overlay.path;
    if (left === this.left) return;
    this.left = left;
    this.look().catch((thrown: unknown) => this.options.report('The kubeconfig of a terminal can not be read', thrown));
  }

  close(): void {
    this.closed = true;
    this.watcher?.close();
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private lookSoon(): void {
    if (this.closed) return;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.look().catch((thrown: unknown) => this.options.report('The kubeconfig of a terminal can not be read', thrown));
    }, settle).unref();
  }

  private async look(): Promise<void> {
    const target = this.left ? null : await this.overlay.read();
    if (this.closed) return;
    const kube = target === null ? null : { ...target, pinned: this.pinned, production: this.options.production.has(target.context) };
    if (JSON.stringify(kube) === JSON.stringify(this.shown)) return;
    this.shown = kube;
    this.options.changed(kube);
  }
}
