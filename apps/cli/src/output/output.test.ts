import type { Coverage, Issue, IssueReport, Plan } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { duration } from './duration.ts';
import { issueTable, type TableOptions } from './issue-table.ts';
import { planText } from './plan-text.ts';
import { printable } from './printable.ts';
import { structured } from './structured.ts';

const options: TableOptions = {
  columns: 72,
  colour: false,
  now: Date.parse('2026-01-01T00:12:00Z'),
  where: 'namespace shop',
  objectsChecked: 142,
  worstOf: null,
};

const issue: Issue = {
  id: '3f9a2c',
  title: 'Secret db-credentials does not exist',
  severity: 'critical',
  kind: 'Secret',
  namespace: 'shop',
  name: 'db-credentials',
  detectedAt: '2026-01-01T00:00:00Z',
  cause: { apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'db-credentials' },
  explanation:
    'The container api of Deployment shop/api reads the key password of the Secret db-credentials, and there is no Secret of this name in the namespace.',
  mechanism: 'secret.missing',
  confidence: 'certain',
  evidence: [],
  affected: [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'api' }],
};

function report(issues: Issue[], coverage: Coverage = { complete: true, skipped: [] }): IssueReport {
  return { cluster: 'prod', issues, findings: [], coverage };
}

describe('issueTable', () => {
  it('shows mark, title, object, confidence and explanation within the width', () => {
    const mild: Issue = { ...issue, id: 'b2', severity: 'low', cause: null, confidence: 'unexplained', affected: [] };
    const coverage = { complete: false, skipped: [{ what: 'Nodes', reason: 'you may not list nodes' }] };
    const text = issueTable(report([issue, mild], coverage), options);
    expect(text).toMatchInlineSnapshot(`
      "✖ critical Secret db-credentials does not exist
        Secret shop/db-credentials · certain · for 12 min · affects 1 object ·
        id 3f9a2c
        The container api of Deployment shop/api reads the key password of the
        Secret db-credentials, and there is no Secret of this name in the
        namespace.

      ○ low      Secret db-credentials does not exist
        Secret shop/db-credentials · unexplained · for 12 min · id b2
        The container api of Deployment shop/api reads the key password of the
        Secret db-credentials, and there is no Secret of this name in the
        namespace.

      2 issues in namespace shop (1 critical, 1 low; 142 objects checked). \`qd
      plan ID\` proposes a fix.

      Not looked at:
        Nodes: you may not list nodes
      "
    `);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(72);
    expect(text).not.toContain('\x1b');
  });

  it('colours on a terminal without changing the words', () => {
    const coloured = issueTable(report([issue]), { ...options, colour: true });
    expect(coloured).toContain('\x1b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken away
    expect(coloured.replace(/\x1b\[\d+m/g, '')).toBe(issueTable(report([issue]), options));
  });

  it('says that nothing is broken, where, and how much was looked at', () => {
    expect(issueTable(report([]), options)).toBe('Nothing is broken in namespace shop (142 objects checked).\n');
    expect(issueTable(report([]), { ...options, worstOf: 'high', objectsChecked: 1 })).toBe(
      'No issue of severity high or worse in namespace shop (1 object checked).\n',
    );
  });

  it('never hands control characters of the cluster to the terminal', () => {
    const text = issueTable(report([{ ...issue, title: 'a\x1b]0;owned\x07b\x1b[31mc', explanation: 'one\ntwo\u202e' }]), options);
    expect(text).toContain('a ]0;owned bc');
    expect(text).toContain('one two');
    expect(printable('\x9b2J\x00')).not.toMatch(/[\x80-\x9f]/);
  });
});

describe('planText', () => {
  const plan: Plan = {
    quickFix: {
      summary: 'Create the Secret that the Deployment reads.',
      assumptions: ['The password is known.'],
      steps: [
        {
          stepId: 's1',
          description: 'Create the Secret with the key password, as the Deployment expects it in its environment.',
          kubectl: 'kubectl -n shop create secret generic db-credentials --from-literal=password=PASSWORD --dry-run=server',
          validation: 'The pods of api become ready.',
          rollback: 'kubectl -n shop delete secret db-credentials --dry-run=server --ignore-not-found',
          impact: 'low',
        },
      ],
      fallback: 'Ask who deleted it.',
    },
    rootCauseHypotheses: [],
    evidenceToGather: [],
    recommendations: ['Keep Secrets in version control, sealed.'],
  };

  it('is Markdown within the width, with each command whole on its own line', () => {
    expect(planText(issue, plan, { columns: 60, colour: false })).toMatchInlineSnapshot(`
      "# Secret db-credentials does not exist

      The container api of Deployment shop/api reads the key
      password of the Secret db-credentials, and there is no
      Secret of this name in the namespace.

      ## Quick fix
      Create the Secret that the Deployment reads.

      1. Create the Secret with the key password, as the
         Deployment expects it in its environment.
             kubectl -n shop create secret generic db-credentials --from-literal=password=PASSWORD --dry-run=server
         Check: The pods of api become ready.
         Undo:
             kubectl -n shop delete secret db-credentials --dry-run=server --ignore-not-found
         Impact: low

      ## If that does not help
      - Ask who deleted it.

      ## Assumptions
      - The password is known.

      ## Recommendations
      - Keep Secrets in version control, sealed.
      "
    `);
  });
});

describe('duration', () => {
  it.each([
    [-5, '0 s'],
    [12_400, '12 s'],
    [59_999, '60 s'],
    [3_599_999, '59 min'],
    [90_000_000, '1 d'],
  ])('%s ms', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});

describe('structured', () => {
  it('gives one value in both forms, with long lines unbroken', () => {
    const value = { text: `${'word '.repeat(60)}end`, list: [] };
    expect(JSON.parse(structured(value, 'json'))).toEqual(value);
    expect(structured(value, 'yaml').split('\n')).toHaveLength(3);
  });
});
