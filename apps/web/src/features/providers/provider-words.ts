import type { HealthState, ModelProviderStatus, ProviderState } from '@quarterdeck/contract';
import type { Messages } from '../../messages/language.ts';

/** The mark of each state of a provider. */
const stateMarks: Readonly<Record<ProviderState, HealthState>> = {
  ready: 'healthy',
  noKey: 'low',
  noAddress: 'low',
  wrongKey: 'critical',
  unreachable: 'critical',
  resting: 'paused',
  off: 'scaledToZero',
  misconfigured: 'high',
};

/** How a provider stands, as mark and word. Nobody says of one that was not asked that it answers. */
export function standing({ state, test }: Pick<ModelProviderStatus, 'state' | 'test'>, words: Messages['providers']): { state: HealthState; text: string } {
  if (state === 'ready' && test?.outcome !== 'works') return { state: 'unknown', text: words.notTested };
  return { state: stateMarks[state], text: words.states[state] };
}
