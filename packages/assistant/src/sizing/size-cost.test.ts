import { describe, expect, it } from 'vitest';
import { noSettings } from '../providers/model-settings.ts';
import { settingAt, withoutSetting, withSetting } from '../providers/setting-path.ts';
import { sizeAdvice } from './size-advice.ts';
import { completePrices, costText } from './size-cost.ts';

const gibi = 2 ** 30;
const prices = { cpu: 20, memory: 4, currency: 'EUR' };
const idle = {
  known: 'history' as const,
  ...{ cpu: [0.04, 0.04], memory: [gibi / 4, gibi / 4], requests: { cpu: 0.5, memory: gibi }, limits: { cpu: null, memory: gibi } },
  ...{ replicas: 6, autoscaled: false, served: true },
};

describe('what a size costs', () => {
  it('is told of the requests and of the replicas, with what is saved a month', () => {
    const text = costText(idle, sizeAdvice(idle), prices);
    // 6 × (0.5 × 20 + 1 × 4); then 6 × (0.05 × 20 + 320 / 1024 × 4); then two of those.
    expect(text).toBe(
      'At 20 EUR a vCPU and 4 EUR a GiB, what its 6 replicas ask for costs 84.00 EUR a month now, and 13.50 EUR with these requests: 70.50 EUR saved. With 2 replicas it would be 4.50 EUR: 79.50 EUR saved in all. A limit keeps nothing free and costs nothing.',
    );
  });

  it('is more where more is needed, and what nobody asked for is not counted', () => {
    const bare = { ...idle, requests: { cpu: null, memory: null }, replicas: 1 };
    const text = costText(bare, sizeAdvice(bare), prices);
    expect(text).toMatch(/one replica asks for costs 0\.00 EUR a month now, and 2\.25 EUR with these requests: 2\.25 EUR more\./);
    expect(text).toMatch(/With 2 replicas it would be 4\.50 EUR: 4\.50 EUR more in all\. What it uses without asking/);
  });

  it('is nothing to speak of without prices of one’s own', () => {
    const text = costText(idle, sizeAdvice(idle), null);
    expect(text).toContain('qd config set resourcePrices');
    expect(text).not.toMatch(/\d/);
  });

  it('needs every price, set one by one or together', () => {
    const one = withSetting(noSettings, 'resourcePrices.cpu', '20');
    expect(completePrices(one.resourcePrices)).toBeNull();
    const all = withSetting(withSetting(one, 'resourcePrices.memory', '4'), 'resourcePrices.currency', 'EUR');
    expect(completePrices(all.resourcePrices)).toEqual(prices);
    expect(withSetting(noSettings, 'resourcePrices', JSON.stringify(prices))).toEqual(all);
    expect(settingAt(all, 'resourcePrices.currency')).toBe('EUR');
    expect(completePrices(withoutSetting(all, 'resourcePrices').resourcePrices)).toBeNull();
    expect(() => withSetting(noSettings, 'resourcePrices.cpu', '-1')).toThrow(/resourcePrices\.cpu/);
    expect(() => withSetting(noSettings, 'resourcePrices.currency', '`rm`')).toThrow(/word or a sign/);
  });
});
