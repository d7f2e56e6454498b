import type { Action, ActionPage, ActLog, ActOutcome } from '@quarterdeck/contract';
import type { ActionFilter, ActionStore, KeptSteps } from '../actions/action-store.ts';

/** Actions in memory. */
export class MemoryActions implements ActionStore {
  readonly actions = new Map<string, Action>();
  readonly held = new Map<string, number | null>();
  private readonly steps = new Map<string, KeptSteps>();
  private readonly approved = new Set<string>();

  async put(action: Action, heldUntil: number | null): Promise<void> {
    this.actions.set(action.id, structuredClone(action));
    this.held.set(action.id, heldUntil);
  }

  async get(id: string): Promise<Action | null> {
    return structuredClone(this.actions.get(id) ?? null);
  }

  async list({ state }: ActionFilter): Promise<ActionPage> {
    return { actions: [...this.actions.values()].filter((action) => state === undefined || action.state === state).toReversed(), next: null };
  }

  async keep(id: string, steps: KeptSteps): Promise<void> {
    this.steps.set(id, structuredClone(steps));
  }

  async kept(id: string): Promise<KeptSteps | null> {
    return structuredClone(this.steps.get(id) ?? null);
  }

  async approve(id: string): Promise<boolean> {
    const first = !this.approved.has(id);
    this.approved.add(id);
    return first;
  }

  async abandoned(now: number): Promise<Action[]> {
    const under = new Set(['approved', 'running', 'validating']);
    return [...this.actions.values()].filter(({ id, state }) => under.has(state) && (this.held.get(id) ?? Number.POSITIVE_INFINITY) < now);
  }
}

/** A ledger in memory: what was begun, and how it ended. */
export class MemoryActs implements ActLog {
  readonly begun: { id: string; action: string }[] = [];
  readonly ended = new Map<string, ActOutcome>();
  /** Whether an intent can't be stored. */
  fails = false;

  async begin({ action }: Parameters<ActLog['begin']>[0]) {
    if (this.fails) throw new Error('The disk is full.');
    const id = `act-${this.begun.length + 1}`;
    this.begun.push({ id, action });
    return {
      id,
      end: async ({ outcome }: { outcome: ActOutcome }) => {
        this.ended.set(id, outcome);
      },
    };
  }
}
