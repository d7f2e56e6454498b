import { redactJson } from '@quarterdeck/cluster';
import type { TurnPrivacy } from '../turn/turn-privacy.ts';

/** Takes out secrets and renames nothing. */
export const redactingPrivacy: TurnPrivacy = {
  seal: (text) => String(redactJson(text)),
  sealValue: redactJson,
  open: (text) => text,
  opener: () => ({ push: (piece) => piece, end: () => '' }),
};
