import { describe, expect, it } from 'vitest';
import { draftsOf, portsOf, problemOf } from './chosen-ports.ts';

const offer = (remote: number, tcp = true) => ({ remote, name: null, container: 'web', tcp });
const typed = (remote: string, local = '') => ({ remote, local, chosen: true, offer: null });

describe('the ports of a form', () => {
  it('choose the only one that can be meant, and none out of several', () => {
    expect(draftsOf([offer(53, false), offer(80)]).map(({ chosen }) => chosen)).toEqual([false, true]);
    expect(portsOf(draftsOf([offer(80), offer(443)]))).toBeNull();
  });

  it('are numbers or names, and local ones are free to choose', () => {
    expect(portsOf([typed('80'), typed('http', '8080'), { ...typed('nonsense!'), chosen: false }])).toEqual([
      { local: 0, remote: 80 },
      { local: 8080, remote: 'http' },
    ]);
    expect([typed('0'), typed('65536'), typed('Http'), typed(''), typed('80', '0'), typed('80', 'x')].map(problemOf)).toEqual([
      'remote',
      'remote',
      'remote',
      'remote',
      'local',
      'local',
    ]);
  });
});
