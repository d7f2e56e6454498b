import type { ActionStep, ActUndo, Change, Condition } from '@quarterdeck/contract';

/** A step as it is carried out. It holds what is shown to nobody: a Secret's values. */
export interface PreparedStep {
  stepId: string;
  /** With what was left open filled in. */
  change: Change;
  /** The state of the target that it was previewed on; see `stateMark`. */
  mark: string | null;
  until: readonly Condition[];
  timeoutSeconds: number;
  /** Digest of the request with its body, of the state before and of what the server made of it: what is approved. */
  digest: string;
  /** As the dry run lets expect; what is known once it is made counts more. */
  inverse: ActUndo;
  /** Nothing could be tried: another step makes the namespace first. */
  untried: boolean;
}

/** A step that was previewed: what people see, and what is done where they approve it. Null where the server refuses it. */
export interface PreviewedStep {
  shown: ActionStep;
  prepared: PreparedStep | null;
}
