import { describe, expect, it } from 'vitest';
import { allRecognisers } from './all-recognisers.ts';

function recognised(command: string, exit: number, output: string) {
  const lines = output.split('\n');
  return allRecognisers.flatMap((recogniser) => recogniser.recognise({ command, exit, lines }).map((found) => ({ kind: recogniser.kind, ...found })));
}

/** Outputs as the tools write them, cut to what tells. */
describe('recognisers', () => {
  it.each([
    [
      'vitest',
      ' FAIL  src/sum.test.ts > sum > adds\nAssertionError: expected 3 to be 4\n ❯ src/sum.test.ts:7:15\n Test Files  1 failed (1)\n      Tests  1 failed | 4 passed | 2 skipped (7)',
      'vitest: 1 failed, 4 passed, 2 skipped',
      { path: 'src/sum.test.ts', line: 7, column: 15 },
    ],
    [
      'jest',
      '  ● sum › adds\n      at Object.<anonymous> (src/sum.test.js:5:17)\nTests:       1 failed, 5 passed, 6 total',
      'jest: 1 failed, 5 passed',
      { path: 'src/sum.test.js', line: 5, column: 17 },
    ],
    [
      'pytest',
      'tests/test_sum.py:4: AssertionError\nFAILED tests/test_sum.py::test_adds - assert 3 == 4\n========= 1 failed, 2 passed in 0.12s =========',
      'pytest: 1 failed, 2 passed',
      { path: 'tests/test_sum.py', line: 4 },
    ],
    [
      'go test -v',
      '--- PASS: TestA (0.00s)\n--- FAIL: TestSum (0.00s)\n    sum_test.go:8: got 3, want 4\nFAIL\nFAIL\texample.com/sum\t0.003s',
      'go test: 1 failed, 1 passed',
      { path: 'sum_test.go', line: 8 },
    ],
    [
      'cargo test',
      "test tests::sum ... FAILED\nthread 'tests::sum' panicked at src/lib.rs:9:9:\ntest result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured",
      'cargo test: 1 failed, 3 passed',
      { path: 'src/lib.rs', line: 9, column: 9 },
    ],
    [
      'mvn test',
      '[ERROR]   SumTest.adds:12 expected: <4> but was: <3>\n[ERROR] Tests run: 5, Failures: 1, Errors: 0, Skipped: 1',
      'JUnit: 1 failed, 3 passed, 1 skipped',
      undefined,
    ],
    ['node --test', 'TAP version 13\nok 1 - a\nnot ok 2 - adds\n1..2\n# pass 1\n# fail 1', 'Tests: 1 failed, 1 passed', undefined],
  ])('count the tests of %s', (command, output, title, place) => {
    expect(recognised(command, 1, output)).toMatchObject([{ kind: 'testSummary', title, places: place === undefined ? [] : [place] }]);
  });

  it.each([
    ['tsc', "src/a.ts(3,7): error TS2322: Type 'string' is not assignable.", { path: 'src/a.ts', line: 3, column: 7 }],
    ['gcc a.c', 'a.c:3:5: error: expected ;', { path: 'a.c', line: 3, column: 5 }],
    ['go build', '# example.com/a\n./main.go:5:2: undefined: x', { path: './main.go', line: 5, column: 2 }],
    ['cargo build', 'error[E0308]: mismatched types\n --> src/main.rs:4:5', { path: 'src/main.rs', line: 4, column: 5 }],
    [
      'python3 a.py',
      'Traceback (most recent call last):\n  File "/src/a.py", line 3, in <module>\n    x()\nNameError: name x is not defined',
      { path: '/src/a.py', line: 3 },
    ],
    ['eslint .', "/src/a.js\n  3:7  error  'x' is not defined  no-undef\n", { path: '/src/a.js', line: 3, column: 7 }],
  ])('lead to the errors of %s', (command, output, place) => {
    expect(recognised(command, 1, output)).toMatchObject([{ kind: 'compilerError', places: [place] }]);
  });

  it.each([
    ['kubectl get deploy web -n shop', 'Error from server (NotFound): deployments.apps "web" not found', 'deployments.apps web is not there'],
    [
      'kubectl get pods',
      'Error from server (Forbidden): pods is forbidden: User "ada" cannot list resource "pods" in API group "" in the namespace "shop"',
      'ada may not list pods',
    ],
    [
      'kubectl replace -f a',
      'Error from server (Conflict): error when replacing "a": Operation cannot be fulfilled on deployments.apps "web": the object has been modified',
      'Somebody else changed deployments.apps web meanwhile',
    ],
    [
      'kubectl apply -f a',
      'Error from server (BadRequest): error when creating "a": strict decoding error: unknown field "spec.replica"',
      'There is no field spec.replica',
    ],
    ['kubectl get x', 'error: the server doesn\'t have a resource type "x"', 'The cluster has no kind x'],
    ['kubectl get x', 'The connection to the server localhost:8080 was refused - did you specify the right host or port?', 'No cluster is configured here'],
    ['kubectl get x', 'Unable to connect to the server: dial tcp 10.0.0.1:6443: i/o timeout', 'The cluster does not answer'],
    ['kubectl config use-context x', 'error: no context exists with the name: "x"', 'There is no context x'],
    [
      'helm upgrade web ./chart',
      'Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress',
      'Another operation of this release is under way, or was cut off',
    ],
    ['helm status web', 'Error: release: not found', 'There is no such release here'],
  ])('say what %s means', (command, output, title) => {
    expect(recognised(command, 1, output)).toMatchObject([{ kind: 'kubectlError', title }]);
    expect(recognised(command, 0, output).filter(({ kind }) => kind === 'kubectlError')).toEqual([]);
  });

  it('find the command that was meant, and the files in conflict', () => {
    expect(recognised('helm get', 127, 'bash: hlem: command not found')).toMatchObject([{ kind: 'commandNotFound', suggestion: null }]);
    expect(recognised('kubeclt get pods', 127, 'zsh: command not found: kubeclt')).toMatchObject([{ suggestion: 'kubectl get pods' }]);
    expect(recognised('git merge x', 1, 'CONFLICT (content): Merge conflict in src/a.ts\nAutomatic merge failed')).toMatchObject([
      { kind: 'gitConflict', places: [{ path: 'src/a.ts' }] },
    ]);
  });

  it('see nothing in other outputs', () => {
    expect(recognised('ls', 0, 'a.ts\nREADME.md\ntotal 5\nok then')).toEqual([]);
  });

  it.each(['  at (', 'a:', '1 passed, ', ' ', 'Error: '])('come to an end with a line of %j', (part) => {
    expect(recognised('x', 1, part.repeat(2000)).length).toBeLessThan(5);
  });
});
