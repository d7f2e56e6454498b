import { type RouteDescriptor, routes } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { openApiDocument } from './openapi.ts';
import { errorsOf } from './openapi-errors.ts';
import { exampleOf } from './openapi-examples.ts';

it('is the document that was reviewed', async () => {
  await expect(`${JSON.stringify(openApiDocument('0.0.0'), null, 2)}\n`).toMatchFileSnapshot('openapi.golden.json');
});

it('names every route, its permission and its path parameters', () => {
  const text = JSON.stringify(openApiDocument('0.0.0'));
  for (const route of Object.values(routes)) expect(text).toContain(`"operationId":"${route.id}"`);
  expect(text).toContain('{"name":"id","in":"path","required":true');
  expect(text).not.toMatch(/"\/[^"]*:\w+[^"]*":\{/);
});

it('has an example of every route that needs something to be said, and one that the route takes', () => {
  for (const route of Object.values<RouteDescriptor>(routes)) {
    const { success, error } = route.input.safeParse(exampleOf(route.id));
    expect([route.id, success ? [] : error?.issues]).toEqual([route.id, []]);
  }
});

it('says for every route how one logs in, and each error that it can answer with', () => {
  for (const route of Object.values<RouteDescriptor>(routes)) {
    const codes = errorsOf(route);
    expect(codes).toEqual(expect.arrayContaining(['FORBIDDEN', 'RATE_LIMITED', 'INTERNAL_ERROR']));
    if (route.permission !== 'public') expect(codes).toContain('AUTH_REQUIRED');
    if (route.effect === 'write') expect(codes).toContain('READ_ONLY');
  }
});
