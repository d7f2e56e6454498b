import type { Forward, ForwardStats, HealthState } from '@quarterdeck/contract';

export const forwardHealth: Record<ForwardStats['state'], HealthState> = {
  listening: 'healthy',
  noReadyPod: 'high',
  forbidden: 'critical',
  failed: 'critical',
  stopped: 'scaledToZero',
};

/** `Service web`, `pods with app=web`. */
export function targetName({ kind, name, selector }: Pick<Forward, 'kind' | 'name' | 'selector'>, byLabels: (selector: string) => string): string {
  return name === undefined ? byLabels(selector ?? '') : `${kind} ${name}`;
}

/** Whether somebody wants it to work and it does not. */
export function isTroubled({ stats }: Pick<Forward, 'stats'>): boolean {
  return stats.state !== 'listening' && stats.state !== 'stopped';
}
