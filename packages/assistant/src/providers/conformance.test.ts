import { expect, it } from 'vitest';
import { fakeFetch } from '../testing/fake-server.ts';
import { wireFormats } from '../testing/formats/index.ts';
import { describeConformance } from '../testing/model-conformance.ts';
import { providerKind, providerKinds } from './registry.ts';

for (const format of wireFormats) describeConformance(format, async (script) => fakeFetch(script));

it('every provider that is asked over a wire is held to it', () => {
  expect([...wireFormats.map(({ kind }) => kind.id), 'node-llama-cpp']).toEqual(providerKinds.map(({ id }) => id));
});

it('a provider that is none is told with those that there are', () => {
  expect(() => providerKind('antropic')).toThrow(
    expect.objectContaining({ code: 'VALIDATION_ERROR', hint: expect.stringMatching(/Did you mean anthropic\? There are anthropic, openai, azure/) }),
  );
});
