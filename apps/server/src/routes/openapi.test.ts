import { routes } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { openApiDocument } from './openapi.ts';

it('is the document that was reviewed', async () => {
  await expect(`${JSON.stringify(openApiDocument('0.0.0'), null, 2)}\n`).toMatchFileSnapshot('openapi.golden.json');
});

it('names every route, its permission and its path parameters', () => {
  const text = JSON.stringify(openApiDocument('0.0.0'));
  for (const route of Object.values(routes)) expect(text).toContain(`"operationId":"${route.id}"`);
  expect(text).toContain('{"name":"id","in":"path","required":true');
  expect(text).not.toMatch(/"\/[^"]*:\w+[^"]*":\{/);
});
