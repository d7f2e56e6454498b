import type { HostClock, Sealing, SessionFacts, SpawnPreparation, SpawnRequest } from '../session/session-part.ts';
import type { HostMethod } from './host-method.ts';

/** A session as methods see it. */
export interface KnownSession {
  readonly facts: SessionFacts;
  readonly state: 'running' | 'exited' | 'lost';
  /** Types for whoever asks. Throws CONFLICT where nothing takes it. */
  write(bytes: Uint8Array): void;
}

/** What an extension may use of the host. */
export interface HostContext {
  /** Throws NOT_FOUND; also for a session of somebody else. */
  session(id: string, owner: string | null): KnownSession;
  sessions(owner: string | null): readonly KnownSession[];
  clock: HostClock;
  /** Of the host (0700): what is kept over sessions goes into a folder of the extension's own name. */
  folder: string;
  seal: Sealing;
  /** What must not be lost silently: written to the host's log. */
  report(what: string, thrown: unknown): void;
}

/** Something that the host can do beyond keeping shells: one file, one test, one line in `all-extensions.ts`. */
export interface HostExtension {
  /** Of its folder as well. */
  readonly name: string;
  readonly methods: readonly HostMethod[];
  /** Has a say in how a shell is started, and which parts accompany it. */
  prepare?(request: SpawnRequest, soFar: SpawnPreparation): Promise<SpawnPreparation>;
  /** The session is dismissed: whatever is kept of it goes. */
  forget?(session: string): Promise<void>;
  close?(): Promise<void>;
}

export type CreateHostExtension = (context: HostContext) => HostExtension | Promise<HostExtension>;
