import { mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IssueRecord } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { createKnowledge } from './create-knowledge.ts';
import { feedbackFile } from './feedback-file.ts';
import { readRunbook } from './read-runbook.ts';
import { resolvedPassages } from './resolved-issue.ts';
import { readRunbookFolder } from './runbook-folder.ts';
import { openRunbookShelf } from './runbook-shelf.ts';

const claims = `---
title: Claims that stay pending
mechanisms: [storage-class-missing]
codes: claim-pending
kinds: [PersistentVolumeClaim]
---
Ask the storage team before you change a class.

## Which classes there are

Only \`fast\` and \`slow\`; standard was removed in May.

\`\`\`sh
# not a heading
kubectl get storageclass
\`\`\`
`;
const payments =
  '# Payments\n\nThe payment gateway refuses connections after a certificate rotation: restart the gateway pods.\n\n## Escalation\n\nCall the payments team.\n';

const passages = [...readRunbook('storage/claims.md', claims), ...readRunbook('payments.md', payments)];
const knowledge = createKnowledge(passages);
const found = (query: Parameters<typeof knowledge.search>[0]) => knowledge.search(query).map(({ citation, because }) => [citation, ...because]);

describe('runbooks', () => {
  it('are read section by section, with or without front matter', () => {
    expect(passages.map(({ title, citation }) => [title, citation])).toEqual([
      ['Claims that stay pending', 'storage/claims.md'],
      ['Claims that stay pending: Which classes there are', 'storage/claims.md#which-classes-there-are'],
      ['Payments', 'payments.md#payments'],
      ['Payments: Escalation', 'payments.md#escalation'],
    ]);
    expect(passages[1]?.text).toContain('# not a heading');
  });

  it('that cannot be read are told of by file', () => {
    expect(() => readRunbook('a.md', '---\ncodes: {a: 1}\n---\n')).toThrow(/a\.md: codes/);
    expect(() => readRunbook('a.md', '---\ntitle: [\n---\n')).toThrow(/a\.md: the front matter is no YAML/);
  });

  it('are found by mechanism and code before words', () => {
    expect(found({ text: 'orders-data', mechanism: 'storage-class-missing', codes: ['claim-pending'], kinds: ['PersistentVolumeClaim'], limit: 1 })).toEqual([
      ['storage/claims.md', 'mechanism', 'code', 'kind'],
    ]);
    expect(found({ text: 'the gateway refused a connection after the certificates were rotated', limit: 5 })).toEqual([['payments.md#payments', 'words']]);
    expect(found({ text: 'nothing of that', kinds: ['PersistentVolumeClaim'], limit: 5 })).toEqual([]);
  });

  it('come from a folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'runbooks-'));
    await writeFile(join(folder, 'payments.md'), payments);
    await writeFile(join(folder, 'notes.txt'), 'no runbook');
    expect((await readRunbookFolder(folder)).map(({ citation }) => citation)).toEqual(['payments.md#payments', 'payments.md#escalation']);
    await expect(readRunbookFolder(join(folder, 'none'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a shelf of runbooks', () => {
  it('takes them in, gives them out and lets go of them, in its folders and nowhere else', async () => {
    const above = await mkdtemp(join(tmpdir(), 'shelf-'));
    const folder = join(above, 'books');
    const problems: string[] = [];
    const shelf = openRunbookShelf([folder], (error) => problems.push(error.message));
    expect(await shelf.list()).toEqual([{ folder, writable: true, problem: null, files: [] }]);
    expect(await shelf.write(folder, 'storage/claims.md', claims, true)).toMatchObject({ title: 'Claims that stay pending', passages: 2 });
    await expect(shelf.write(folder, 'storage/claims.md', claims, true)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(shelf.write(folder, 'a.md', '---\ntitle: [\n---\n', false)).rejects.toThrow('no YAML');
    expect(await shelf.read(folder, 'storage/claims.md')).toBe(claims);
    expect((await shelf.passages()).map(({ citation }) => citation)).toContain('storage/claims.md');
    await writeFile(join(folder, 'broken.md'), '---\ncodes: {a: 1}\n---\n');
    expect((await shelf.passages()).length).toBe(2);
    expect(problems).toEqual([expect.stringContaining('broken.md: codes')]);
    await writeFile(join(above, 'outside.md'), 'secret');
    await symlink(above, join(folder, 'up'));
    await symlink(join(above, 'outside.md'), join(folder, 'link.md'));
    for (const path of ['../outside.md', 'storage/../../outside.md', '/etc/passwd.md', '.hidden.md', 'up/outside.md', 'link.md', 'notes.txt', 'a\0.md']) {
      await expect(shelf.read(folder, path)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
      await expect(shelf.write(folder, path, 'x', false)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
      await expect(shelf.remove(folder, path)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    }
    expect(await readFile(join(above, 'outside.md'), 'utf8')).toBe('secret');
    await expect(shelf.write(folder, `${'ä'.repeat(190)}.md`, 'x', false)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    await expect(shelf.write('/etc', 'a.md', 'x', false)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await shelf.remove(folder, 'storage/claims.md');
    await expect(shelf.read(folder, 'storage/claims.md')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('resolved issues', () => {
  const issue: IssueRecord['issue'] = {
    ...{ id: 'qd-1', title: 'ConfigMap edge-conf: unknown directive', severity: 'high', kind: 'ConfigMap', namespace: 'shop', name: 'edge-conf' },
    ...{
      detectedAt: '2026-05-01T00:00:00Z',
      cause: null,
      explanation: 'nginx cannot read its configuration.',
      mechanism: 'config-directive',
      confidence: 'certain',
    },
    ...{ evidence: [], affected: [] },
  };
  const record: IssueRecord = {
    ...{
      cluster: 'prod',
      issue,
      firstSeenAt: issue.detectedAt,
      openedAt: issue.detectedAt,
      resolvedAt: '2026-05-02T00:00:00Z',
      recurrences: 1,
      dismissedAs: null,
      transitions: [],
    },
  };

  it('carry what people said helped, and are exported', async () => {
    const store = feedbackFile(join(await mkdtemp(join(tmpdir(), 'feedback-')), 'feedback.jsonl'));
    expect(await store.list()).toEqual([]);
    await store.add({ cluster: 'prod', issueId: 'qd-1', rating: 1, note: 'reverted the last release of the chart', at: '2026-05-02T01:00:00Z' });
    const resolved = resolvedPassages([record, { ...record, resolvedAt: null }], await store.list());
    expect(resolved).toMatchObject([{ id: 'resolved:prod/qd-1', rating: 1, text: expect.stringContaining('What helped: reverted the last release') }]);
    const all = createKnowledge([...passages, ...resolved]);
    expect(all.search({ text: 'edge', mechanism: 'config-directive', limit: 1 })).toMatchObject([{ citation: 'issue qd-1, 2026-05-02' }]);
    const lines = [...all.jsonLines()].map((line) => JSON.parse(line));
    expect(lines).toHaveLength(5);
    expect(lines.at(-1)).toMatchObject({ type: 'resolved', rating: 1 });
  });
});
