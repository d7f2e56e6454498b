import { describe, expect, it } from 'vitest';
import { adviceThresholdsSchema, defaultAdviceThresholds } from './advice-settings.ts';

describe('adviceThresholdsSchema', () => {
  it('reads what people write', () => {
    const read = adviceThresholdsSchema.parse({ maxMemoryLimit: '512Mi', maxCpuLimit: '200m', quotaPercent: '80', requiredLabels: 'team, owner' });
    expect(read).toMatchObject({ maxMemoryLimit: 512 * 2 ** 20, maxCpuLimit: 0.2, quotaPercent: 80, requiredLabels: ['team', 'owner'] });
    expect(read.maxCpuRequest).toBe(defaultAdviceThresholds.maxCpuRequest);
  });

  it.each([
    ['a quantity that is none', { maxMemoryLimit: 'lots' }, 'is not a quantity'],
    ['a number that is none', { quotaPercent: 'most' }, 'expected number'],
    ['a name that there is not', { maxMemory: '1Gi' }, 'maxMemory'],
  ])('refuses %s', (_what, typed, message) => {
    expect(adviceThresholdsSchema.safeParse(typed).error?.message).toContain(message);
  });
});
