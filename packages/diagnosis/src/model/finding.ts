import type { Evidence, ObjectRef, Severity } from '@quarterdeck/contract';

/** Facts are typed values (exit code 127, requested 500 millicores), never prose. */
export type Fact = string | number | boolean | null | readonly string[] | readonly number[];
export type Facts = Readonly<Record<string, Fact>>;

/** What an analyser sees on one object now. Its identity is code, object and discriminator. */
export interface RawFinding<F extends Facts = Facts> {
  code: string;
  object: ObjectRef;
  /** Tells apart two findings of one code on one object: a container's name, a port. Empty where there is one. */
  discriminator: string;
  severity: Severity;
  /** Since when, in epoch milliseconds; null where the state does not say. */
  since: number | null;
  facts: F;
  evidence: Evidence[];
  /** Objects that suffer although they show nothing themselves: the callers of a Service, the workload of a budget. */
  concerns?: readonly ObjectRef[];
}

/** A finding with its identity, as rules and the resolver see it. */
export interface IdentifiedFinding extends RawFinding {
  id: string;
}

/**
 * What is known of a finding code beforehand. `message` renders the facts for people. An incident opens when the
 * symptom has lasted `opensAfterSeconds` and closes after it has been gone for `closesAfterSeconds`.
 */
export interface FindingCode<F extends Facts = Facts> {
  code: string;
  title: string;
  /** One paragraph for the documentation page: what it means and what usually causes it. */
  documentation: string;
  /** For the documentation page, one sentence: what looks like it and is left alone. */
  silentWhen: string;
  opensAfterSeconds: number;
  closesAfterSeconds: number;
  message(facts: F, object: ObjectRef): string;
}

export type FindingId = string;
