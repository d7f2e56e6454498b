import { modelProblems } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { ApiKey } from '../keys/api-key.ts';
import { modelFailure } from './model-failure.ts';
import { ollama } from './ollama.ts';
import { openai } from './openai.ts';

const key = new ApiKey(`sk-proj-${'x9Y8z7W6'.repeat(5)}x2Kq`);
const asked = { kind: openai, id: 'openai', name: 'OpenAI', key, baseUrl: 'https://api.openai.com/v1', local: false, model: 'gpt-5.4' };

describe('what is said of a failure', () => {
  it('is another sentence for each kind, with what to do next', () => {
    const errors = modelProblems.map((kind) => modelFailure(kind, asked));
    expect(new Set(errors.map(({ message }) => message)).size).toBe(modelProblems.length);
    for (const { message, hint } of errors) expect(`${message} ${hint}`).toMatch(/^[A-Z].*\. .*[A-Z`].*\.$/);
  });

  it.each([
    ['unknownModel', 'OpenAI has no model gpt-5.4.', '`qd model list openai` shows which there are.'],
    ['missingKey', 'There is no key for OpenAI.', 'Set OPENAI_API_KEY, or run `qd model key set openai`.'],
    ['auth', 'OpenAI refuses the key sk-proj-…x2Kq.', 'Look at https://platform.openai.com/api-keys whether it is valid, then run `qd model key set openai`.'],
    [
      'quota',
      'The account at OpenAI is used up.',
      'Pay or raise the limit at https://platform.openai.com/api-keys, or choose another model with `qd model use`.',
    ],
    ['network', "OpenAI can't be reached at https://api.openai.com.", 'Look at the network and the proxy (HTTPS_PROXY with NODE_USE_ENV_PROXY=1).'],
  ] as const)('%s', (kind, message, hint) => {
    expect(modelFailure(kind, asked)).toMatchObject({ message, hint });
  });

  it('says how to start what runs here', () => {
    expect(modelFailure('network', { ...asked, kind: ollama, id: 'ollama', name: 'Ollama', baseUrl: 'http://127.0.0.1:11434', local: true }).hint).toBe(
      'Start it with `ollama serve`.',
    );
  });

  it('repeats what the provider says: short, without the key and without what commands a terminal', () => {
    const message = `\u001b[31mIncorrect key ${key.reveal()} or sk-other-0123456789abcdef\r\n${'x'.repeat(1000)}`;
    const error = modelFailure('auth', asked, { message });
    expect(error.message).toContain('It says:  [31mIncorrect key sk-proj-…x2Kq or sk-… x');
    expect(error.message.length).toBeLessThan(420);
  });
});
