import { describe, expect, it } from 'vitest';
import { clusterFrom } from './machine.js';
import { fromGo, fromVitest, summarise } from './results.js';
import { decideRings, parseRings, rings } from './rings.js';

const whole = { go: true, chromium: '/usr/bin/chromium', cluster: { kubeconfig: null } };

describe('parseRings', () => {
  it('takes all without a name, those that are named in their own order, and no unknown one', () => {
    expect(parseRings([])).toEqual({ wanted: [...rings] });
    expect(parseRings(['e2e', 'unit'])).toEqual({ wanted: ['unit', 'e2e'] });
    expect(parseRings(['unti'])).toEqual({ unknown: 'unti' });
  });
});

describe('decideRings', () => {
  it('runs everything where everything is there', () => {
    expect(decideRings(rings, whole).every((decision) => decision.run)).toBe(true);
  });

  it('says what each ring lacks', () => {
    const bare = { go: false, chromium: null, cluster: { missing: 'the sandbox needs Go' } };
    expect(decideRings(rings, bare)).toEqual([
      { ring: 'unit', run: true },
      { ring: 'sandbox', run: false, reason: 'Go is not installed' },
      { ring: 'supervisor', run: false, reason: 'the sandbox needs Go' },
      { ring: 'integration', run: false, reason: 'the sandbox needs Go' },
      { ring: 'e2e', run: false, reason: 'the sandbox needs Go' },
    ]);
    expect(decideRings(['e2e'], { ...whole, chromium: null })).toMatchObject([{ run: false, reason: expect.stringContaining('Chromium') }]);
  });

  it('takes the reason and the way out from the sandbox itself', () => {
    const lacking = [{ mode: 'node', can: false, missing: ['Debian packages runc'], install: 'apt-get install runc' }];
    expect(clusterFrom(lacking)).toEqual({ missing: 'the sandbox lacks Debian packages runc (apt-get install runc)' });
    expect(clusterFrom([{ mode: 'node', can: true }])).toEqual({ kubeconfig: null });
  });
});

describe('results', () => {
  const test = (status: string, ...failureMessages: string[]) => ({ status, fullName: `a test that ${status}`, failureMessages });

  it('counts the tests of vitest, and a file that does not load as a failure', () => {
    const report = {
      success: false,
      testResults: [
        { name: 'a.test.ts', status: 'failed', assertionResults: [test('passed'), test('failed'), test('skipped'), test('todo')] },
        { name: 'b.test.ts', status: 'failed', assertionResults: [] },
      ],
    };
    expect(fromVitest(report)).toEqual({ passed: 1, failed: 2, skippedTests: ['a test that skipped', 'a test that todo'], secondTries: [] });
  });

  it('names a test that passed only when it was tried again', () => {
    const report = { success: true, testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults: [test('passed'), test('passed', 'a timeout')] }] };
    expect(fromVitest(report)).toEqual({ passed: 2, failed: 0, skippedTests: [], secondTries: ['a test that passed'] });
  });

  it('counts an error outside of all tests', () => {
    expect(fromVitest({ success: false, testResults: [{ name: 'a', status: 'passed', assertionResults: [test('passed')] }] }).failed).toBe(1);
  });

  it('counts the leaves of go test, and a package that does not compile', () => {
    const lines = [
      { Action: 'output', Package: 'p', Output: 'x' },
      { Action: 'pass', Package: 'p', Test: 'TestA/one' },
      { Action: 'fail', Package: 'p', Test: 'TestA/two' },
      { Action: 'fail', Package: 'p', Test: 'TestA' },
      { Action: 'skip', Package: 'p', Test: 'TestB' },
      { Action: 'fail', Package: 'p' },
      { Action: 'fail', Package: 'broken' },
    ];
    const output = ['go: downloading x', ...lines.map((line) => JSON.stringify(line)), ''].join('\n');
    expect(fromGo(output)).toEqual({ passed: 1, failed: 2, skippedTests: ['p.TestB'] });
  });

  it('takes a skip for a failure only where everything must run', () => {
    const results = [
      { passed: 5, failed: 0, skippedTests: ['one'] },
      { passed: 2, failed: 0, skippedTests: [] },
    ];
    expect(summarise(results, 1, { strict: false })).toEqual({ line: '7 passed, 0 failed, 2 skipped', exitCode: 0 });
    expect(summarise(results, 1, { strict: true })).toEqual({ line: '7 passed, 2 failed, 0 skipped', exitCode: 1 });
  });
});
