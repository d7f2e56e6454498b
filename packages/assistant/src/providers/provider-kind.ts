import type { ApiKey } from '../keys/api-key.ts';
import type { ModelProvider } from '../model/model-port.ts';

/** A vendor or program that models are asked of. One file each, one line in `registry.ts`. */
export interface ProviderKind {
  readonly id: string;
  readonly name: string;
  /** How it is proved who asks; null for what knows no keys. */
  readonly key: KeyRules | null;
  /** Where it is asked unless somebody says otherwise; null where only the person knows. */
  readonly baseUrl: string | null;
  /** What to put into `baseUrl`, for people: `https://NAME.openai.azure.com/openai/v1`; null where it has no address. */
  readonly baseUrlExample: string | null;
  /** A model to begin with, for whom a key was found; null where only the person knows what is there. */
  readonly suggested: string | null;
  create(options: ProviderOptions): ModelProvider;
}

export interface KeyRules {
  /** Environment variables, the usual one first. `NAME_FILE` beside each names a file that holds it. */
  readonly variables: readonly string[];
  readonly required: boolean;
  /** Where a key is made. */
  readonly page: string | null;
  /** What a key looks like; null where they have no form of their own. */
  readonly pattern: RegExp | null;
  /** The pattern in words: `begins with sk-ant-`. */
  readonly form: string;
}

export type Fetch = typeof globalThis.fetch;

export interface Timeouts {
  /** Until the first byte of an answer. Milliseconds. */
  firstByteMs: number;
  /** Between two bytes of it. Milliseconds. */
  idleMs: number;
}

export interface ProviderOptions {
  /** What a person writes before the slash; for an endpoint of one's own, its name. */
  id: string;
  name: string;
  key: ApiKey | null;
  baseUrl: string;
  /** Whether what is asked leaves this machine. */
  local: boolean;
  timeouts: Timeouts;
  /** Tokens that a local model is given for all it is told and says; null: as the program chooses. */
  contextWindow: number | null;
  /** Where a program was installed that is loaded into this process; null for all others. */
  module: string | null;
  fetch: Fetch;
  /** Epoch milliseconds. */
  now(): number;
}
