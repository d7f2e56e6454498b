import type { Permission, Proposal } from '@quarterdeck/contract';
import type * as z from 'zod';
import type { PrivacySwitch } from '../privacy/privacy-settings.ts';

/**
 * Something that the assistant can look up, or propose. It reads through a source that was made for one person, so what
 * they may not see it can't read; a `propose` tool changes nothing: it returns what a person is then shown by the gate.
 */
export interface AssistantTool {
  name: string;
  title: string;
  /** What it is for, as a model reads it. */
  description: string;
  permission: Permission;
  effect: 'read' | 'propose';
  input: z.ZodObject;
  /** `raw` is what a model or a program sent: validated here. Throws an AppError; who calls makes a result of it. */
  run(raw: unknown, signal: AbortSignal): Promise<ToolOutcome>;
}

export interface ToolOutcome {
  /** Plain data, not yet redacted, aliased or cut: that is done once, where it leaves for a model (`privacy/`, `context/`). */
  value: unknown;
  /** What was looked at, for citing: `Pod shop/web-0`. */
  seen: readonly SeenObject[];
  /** What the person is shown of it, to be decided upon; of a `propose` tool alone. */
  proposal?: Proposal;
  /** The privacy switches that it leaves with as a whole; left out where there are none. */
  leavesWith?: readonly PrivacySwitch[];
}

export interface SeenObject {
  kind: string;
  namespace: string | null;
  name: string;
  /** Of the object when it was read; null where the list does not say. */
  resourceVersion: string | null;
}
