import type { Privacy } from '../privacy/create-privacy.ts';

/** What a turn needs of what stands between a conversation and a model. */
export type TurnPrivacy = Pick<Privacy, 'seal' | 'sealValue' | 'openValue' | 'opener'>;
