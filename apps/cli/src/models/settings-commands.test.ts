import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChildProgram } from '../context.ts';
import { runQd } from '../testing.ts';

let directory: string;
let path: string;
/** What the person types in place of what the editor shows, one after the other. */
let typed: (string | ((shown: string) => string))[];
let shown: string[];

const runChild = async ({ args }: ChildProgram) => {
  const file = args.at(-1) ?? '';
  const text = await readFile(file, 'utf8');
  shown.push(text);
  const next = typed.shift() ?? text;
  await writeFile(file, typeof next === 'string' ? next : next(text));
  return 0;
};
const qd = (args: string[], more: Record<string, string> = {}) => runQd(args, { environment: { QUARTERDECK_STATE: directory, ...more }, runChild });

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qd-settings-'));
  path = join(directory, 'models.json');
  typed = [];
  shown = [];
});

describe('qd config list and get', () => {
  it('say where each setting comes from', async () => {
    await writeFile(path, '{"use": ["ollama/qwen3"]}');
    const { out } = await qd(['config', 'list'], { OLLAMA_HOST: '10.0.0.9' });
    expect(out).toMatch(/^FIELD +VALUE +SOURCE\n/);
    expect(out).toMatch(/^use +ollama\/qwen3 +file$/m);
    expect(out).toMatch(/^offline +false +default$/m);
    expect(out).toMatch(/^providers\.ollama\.baseUrl +http:\/\/10\.0\.0\.9:11434 +OLLAMA_HOST$/m);
    expect(JSON.parse((await qd(['config', 'list', '-o', 'json', '--sources'])).out)).toContainEqual({ field: 'offline', value: false, source: 'default' });
    expect(JSON.parse((await qd(['config', 'list', '-o', 'json'])).out)).toMatchObject({ use: ['ollama/qwen3'] });
    expect(await qd(['config', 'get', 'providers.ollama.baseUrl'], { OLLAMA_HOST: '10.0.0.9' })).toMatchObject({
      out: 'http://10.0.0.9:11434\n',
      err: 'From OLLAMA_HOST\n',
    });
  });

  it('tell the variables and options of qd, of secret ones only that they are set', async () => {
    const { out } = await qd(['config', 'list', '--log-level=error'], { QUARTERDECK_LOG_LEVEL: 'info', QUARTERDECK_TOKEN: 'qdt_hidden' });
    expect(out).toMatch(/^QUARTERDECK_LOG_LEVEL +error +--log-level$/m);
    expect(out).toMatch(/^QUARTERDECK_TOKEN +\(set\) +environment$/m);
    expect(out).not.toContain('qdt_hidden');
  });

  it('name what was meant', async () => {
    await qd(['config', 'set', 'providers.house.baseUrl', 'https://models.example.com/v1']);
    const { code, err } = await qd(['config', 'get', 'providers.hause.baseUrl']);
    expect({ code, err }).toEqual({ code: 6, err: expect.stringContaining('Did you mean providers.house.baseUrl?') });
    expect((await qd(['config', 'set', 'resourcePrices.currancy', 'EUR'])).err).toContain('Did you mean currency?');
  });
});

describe('qd config validate', () => {
  it('tells every mistake, of the own file or another', async () => {
    expect(await qd(['config', 'validate'])).toMatchObject({ code: 0, out: expect.stringContaining('every setting has its default') });
    await writeFile(path, '{"ofline": true, "use": ["claude"], "version": 3}');
    const wrong = await qd(['config', 'validate']);
    expect(wrong.code).toBe(3);
    expect(wrong.out.trim().split('\n')).toEqual([
      'version 3 is that of a later Quarterdeck; update this one',
      'use.0 must be PROVIDER/MODEL',
      'ofline is no setting; did you mean offline?',
    ]);
    expect(wrong.err).toContain('has 3 mistakes');
    const other = join(directory, 'other.json');
    await writeFile(other, '{"offline": true}');
    expect(await qd(['config', 'validate', other])).toMatchObject({ code: 0, out: `${other} is valid.\n` });
    expect((await qd(['config', 'validate', join(directory, 'none.json')])).code).toBe(6);
  });
});

describe('qd config edit', () => {
  it('asks again above the text until it is right, then writes it', async () => {
    typed = ['{"ofline": true}', (text) => text.replace('"ofline"', '"offline"')];
    expect(await qd(['config', 'edit'])).toMatchObject({ code: 0, err: `Wrote ${path}\n` });
    expect(shown[0]).toContain('"offline": false');
    expect(shown[1]).toContain('# ofline is no setting; did you mean offline?\n{"ofline": true}');
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ version: 1, offline: true });
  });

  it('mends a broken file, and leaves it where nothing is mended', async () => {
    await writeFile(path, '{"offline": tru}');
    expect(await qd(['config', 'edit'])).toMatchObject({ code: 1, err: expect.stringContaining('Nothing was changed') });
    expect(await readFile(path, 'utf8')).toBe('{"offline": tru}');
    typed = ['{"offline": true}'];
    expect((await qd(['config', 'edit'])).code).toBe(0);
    expect((await qd(['config', 'get', 'offline'])).out).toBe('true\n');
  });

  it('never writes over what somebody else wrote meanwhile', async () => {
    await writeFile(path, '{}');
    const meanwhile = async (program: ChildProgram) => {
      await runChild(program);
      await writeFile(path, '{"use": ["ollama/qwen3"]}');
      return 0;
    };
    typed = ['{"offline": true}'];
    const { code, err } = await runQd(['config', 'edit'], { environment: { QUARTERDECK_STATE: directory }, runChild: meanwhile });
    expect({ code, err }).toEqual({ code: 7, err: expect.stringContaining('was changed while you edited it') });
    expect((await qd(['config', 'get', 'use'])).out).toBe('ollama/qwen3\n');
  });
});
