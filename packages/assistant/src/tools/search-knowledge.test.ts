import { brokenCluster } from '@quarterdeck/diagnosis/testing';
import { expect, it } from 'vitest';
import { createKnowledge } from '../knowledge/create-knowledge.ts';
import { readRunbook } from '../knowledge/read-runbook.ts';
import { testCluster } from '../testing/test-cluster.ts';
import { searchKnowledge } from './search-knowledge.ts';

const { signal } = new AbortController();
const runbook = '# Registry\n\nImages that can not be pulled: ask the registry team at desk 7.\n\n# Coffee\n\nBeans are in the cupboard.\n';

it('finds what people wrote down, by words or by an issue, and says what to cite', async () => {
  const cluster = testCluster(brokenCluster());
  const { issues } = await cluster.checked(signal);
  const tool = searchKnowledge(cluster, createKnowledge(readRunbook('pull.md', runbook)));
  const [hit] = [(await tool.run({ text: 'registry images pulled' }, signal)).value].flat();
  expect(hit).toMatchObject({
    title: expect.stringContaining('Registry'),
    citation: expect.stringContaining('pull.md'),
    text: expect.stringContaining('desk 7'),
  });
  const issue = issues.find(({ name }) => name === 'catalog');
  expect((await tool.run({ issueId: issue?.id, text: 'coffee beans' }, signal)).value).toEqual(expect.any(Array));
  await expect(tool.run({ issueId: 'none' }, signal)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
