import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRecording } from '@quarterdeck/cluster';
import { describe, expect, it } from 'vitest';
import { terminalMarkdown } from '../assistant/terminal-markdown.ts';
import { runQd } from '../testing.ts';

const recording = join(import.meta.dirname, '../../../../sandbox/scenarios/cfg-nginx-directive/recording.qdb.json.gz');

/** A person at one machine, with one recorded cluster. */
function person(more: Record<string, string> = {}) {
  const environment = { QUARTERDECK_STATE: mkdtempSync(join(tmpdir(), 'qd-ask-')), ...more };
  return (...args: string[]) => runQd(args, { environment, openAccess: () => openRecording(recording) });
}

describe('qd ask', () => {
  it('answers on stdout, and says on stderr what it understood and looked at', async () => {
    const { code, out, err } = await person()('ask', 'why', 'is', 'edge', 'failing');
    expect(code).toBe(0);
    expect(out).toContain('unknown directive "proxy_passs"');
    expect(out).toContain('Cause: ConfigMap cfg-nginx-directive/edge-conf');
    expect(err).toMatch(/^Why Deployment cfg-nginx-directive\/edge is in trouble\.\nlist_issues: 1 issue/);
  });

  it('goes on from the last question where that is asked for', async () => {
    const qd = person();
    await qd('ask', 'why is edge failing');
    expect((await qd('ask', '--continue', 'and its logs?')).out).toContain('[emerg] 1#1: unknown directive');
    await qd('ask', 'describe configmap edge-conf');
    expect((await qd('ask', '--continue', 'describe it')).out).toMatch(/^ConfigMap cfg-nginx-directive\/edge-conf:/);
    // Of itself it is what is broken.
    expect((await qd('ask', 'describe it')).out).toMatch(/^Deployment cfg-nginx-directive\/edge:/);
  });

  it('is a JSON document for programs, with every call', async () => {
    const { out } = await person()('ask', 'how many pods are there', '-n', 'cfg-nginx-directive', '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({
      understood: 'The number of objects of the kind Pod, in the namespace cfg-nginx-directive.',
      calls: [{ tool: 'list_resources', input: { kind: 'Pod', namespace: 'cfg-nginx-directive' }, summary: '1 of Pod' }],
      model: null,
    });
  });

  it('says which questions need a model, and takes no question for none', async () => {
    expect((await person()('ask', '--no-model', 'write a poem')).out).toContain('That needs a language model');
    expect(await person()('ask')).toMatchObject({ code: 3 });
    expect(await person()('ask', ' ')).toMatchObject({ code: 3, err: expect.stringContaining('is empty: say what you want to know') });
  });

  it('asks no model that nobody chose, and says that a key was found', async () => {
    const { out, err } = await person({ OPENAI_API_KEY: `sk-proj-${'b'.repeat(40)}` })('ask', 'write a poem');
    expect(out).toContain('That needs a language model');
    expect(err).toContain('A key for OpenAI (OPENAI_API_KEY) was found; no model is asked before you choose one: `qd model use openai/gpt-6-sol`.\n');
  });

  it('leads from what is broken to what to do', async () => {
    const { out } = await person()('debug');
    expect(out).toMatch(/What is broken[\s\S]*Why[\s\S]*What to do[\s\S]*Next[\s\S]*qd plan qd-/);
  });
});

describe('qd create', () => {
  it('prints a manifest from a description, and nothing else on stdout', async () => {
    const { code, out, err } = await person()('create', '-n', 'shop', 'a configmap web-settings with LOG_LEVEL=info');
    expect({ code, out }).toEqual({
      code: 0,
      out: '---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web-settings\n  namespace: shop\n  labels:\n    app.kubernetes.io/name: web-settings\ndata:\n  LOG_LEVEL: info\n',
    });
    expect(err).toContain('Not checked: A recording has no API server');
  });

  it('refuses a description beside files, and what no template makes', async () => {
    expect(await person()('create', '-n', 'shop', '-f', 'a.yaml', 'a web app')).toMatchObject({ code: 3 });
    expect((await person()('create', '-n', 'shop', 'something nice')).err).toContain('No template makes that.');
  });

  it('takes the template where a model is wanted and none was chosen, and says so', async () => {
    const { code, out, err } = await person()('create', '-n', 'shop', '--model', 'a configmap web-settings with LOG_LEVEL=info');
    expect([code, out.includes('LOG_LEVEL: info')]).toEqual([0, true]);
    expect(err).toContain('No model wrote this: none was chosen');
    expect((await person()('create', '-n', 'shop', '--model', 'something nice')).err).toContain('No template makes that.');
  });
});

describe('Markdown at a terminal', () => {
  it('sets tables in columns, indents code, and lets nothing of the cluster command the terminal', () => {
    expect(terminalMarkdown('**Pods**\n\n| Name | State |\n| --- | --- |\n| a\\|b | `Ready` |\n\n```sh\nkubectl get po\n```\n\u001b[31mred', false)).toBe(
      'Pods\n\nName   State\na|b    Ready\n\n    kubectl get po\nred',
    );
  });
});
