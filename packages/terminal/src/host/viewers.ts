import type { TerminalEvent } from '@quarterdeck/contract';
import type { Viewer } from './viewer.ts';

/** How long a program is held at what a page had that lost its connection, so that it finds everything when it comes back. Milliseconds. */
const awaitedFor = 60_000;

/** The pages that have a session open, and which of them types. */
export class Viewers {
  private readonly open = new Map<string, Viewer>();
  private readonly now: () => number;
  private readonly lost = new Map<string, { reached: number; until: number }>();
  writer: string | null = null;

  constructor(now: () => number) {
    this.now = now;
  }

  get count(): number {
    return this.open.size;
  }

  of(client: string): Viewer | null {
    return this.open.get(client) ?? null;
  }

  /** The first one types. */
  add(viewer: Viewer): void {
    this.lost.delete(viewer.client);
    this.open.set(viewer.client, viewer);
    this.mayWrite(viewer.client);
    this.tell({ type: 'viewers', count: this.open.size });
  }

  /** `broken`: it did not say that it goes, and may come back. */
  remove(client: string, viewer: Viewer, broken: boolean): void {
    if (this.open.get(client) !== viewer) return;
    this.open.delete(client);
    if (broken) this.lost.set(client, { reached: viewer.reached, until: this.now() + awaitedFor });
    this.tell({ type: 'viewers', count: this.open.size });
    if (this.writer === client && !broken) this.write(this.open.keys().next().value ?? null);
  }

  write(client: string | null): void {
    if (this.writer === client) return;
    this.writer = client;
    this.tell({ type: 'writer', client });
  }

  /** One that lost its connection and may come back types again; anybody else has to take over. */
  mayWrite(client: string): boolean {
    if (this.writer === null || (!this.open.has(this.writer) && !this.isAwaited(this.writer))) this.write(client);
    return this.writer === client;
  }

  tell(event: TerminalEvent): void {
    for (const viewer of this.open.values()) viewer.tell(event);
  }

  pump(): void {
    for (const viewer of this.open.values()) viewer.pump();
  }

  /** What has to be waited for: who types, else the fastest of those who look; and who lost the connection a moment ago. */
  get reached(): number | null {
    const typing = this.writer === null ? null : (this.open.get(this.writer)?.pace ?? null);
    const looking = typing ?? latest([...this.open.values()].map(({ pace }) => pace));
    const awaited = [...this.lost].flatMap(([client, { reached }]) => (this.isAwaited(client) ? [reached] : []));
    const all = looking === null ? awaited : [looking, ...awaited];
    return all.length === 0 ? null : Math.min(...all);
  }

  private isAwaited(client: string): boolean {
    const lost = this.lost.get(client);
    if (lost === undefined || this.now() < lost.until) return lost !== undefined;
    this.lost.delete(client);
    return false;
  }
}

function latest(paces: readonly (number | null)[]): number | null {
  return paces.reduce((most, pace) => (pace !== null && (most === null || pace > most) ? pace : most), null);
}
