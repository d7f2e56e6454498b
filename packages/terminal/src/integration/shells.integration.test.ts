import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestShell, TestShells } from '../testing/open-shells.ts';
import { shellCalls } from './shell-methods.ts';

let shells: TestShells;

/** The user's own files: a prompt, something done before each, strictness, and aliases that get in the way. */
const own: Readonly<Record<string, string>> = {
  '.bashrc': 'PS1="own> "\nexport PS1\nset -u\nPROMPT_COMMAND="OWN_STATUS=\\$?"\nHISTCONTROL=ignoreboth\nalias printf=false builtin=false\n',
  '.bash_profile': '. ~/.bashrc\n',
  '.zshenv': 'export ZDOTDIR=$HOME/zdot\n',
  'zdot/.zshrc':
    'PROMPT="own> "\nRPROMPT=right\nsetopt nounset prompt_subst hist_ignore_space\nprecmd() { OWN_STATUS=$? }\nHISTFILE=$ZDOTDIR/.history\nalias printf=false builtin=false\n',
  '.config/fish/config.fish': 'function fish_prompt\n  set -g OWN_STATUS $status\n  echo -n "own> "\nend\nset -g fish_greeting ""\n',
};

beforeAll(async () => {
  shells = await TestShells.open();
  await mkdir(join(shells.home, 'zdot'));
  await mkdir(join(shells.home, '.config', 'fish'), { recursive: true });
  for (const [path, text] of Object.entries(own)) await writeFile(join(shells.home, path), text);
});

afterAll(() => shells.remove());

async function outputOf(shell: TestShell, line: string): Promise<string> {
  const { id: block } = await shell.run(line);
  return (await shells.call(shellCalls.blockOutput, { id: shell.id, block }))?.text ?? '';
}

describe.each(['/bin/bash', '/usr/bin/zsh', '/usr/bin/fish'].filter(existsSync))('%s', (program) => {
  const name = program.split('/').at(-1) ?? '';
  let shell: TestShell;

  beforeAll(async () => {
    shell = await (await shells.start(program)).ready();
  });

  it('tells commands, how they ended and what they put out, and leaves its person everything', async () => {
    expect(await shell.run('true')).toMatchObject({ command: 'true', trusted: true, exit: 0, cwd: shells.home });
    expect(await shell.run('sh -c "exit 3"')).toMatchObject({ exit: 3, trusted: true });
    expect(await outputOf(shell, 'echo $OWN_STATUS')).toBe('3');
    expect(await outputOf(shell, 'echo one; echo two >&2')).toBe('one\ntwo');
    expect(await shell.run('echo "a;b\\\\c"')).toMatchObject({ command: 'echo "a;b\\\\c"', exit: 0 });
    await shell.run('cd /tmp');
    expect(await shell.run('pwd')).toMatchObject({ cwd: '/tmp' });
  });

  it('makes no block of an empty line or of one that was given up', async () => {
    const before = shell.ended().length;
    const prompted = shell.untilText(/133;D;qd=/);
    shell.type('\r');
    await prompted;
    // fish says nothing of a line that was given up. What is typed before the interrupt has arrived is dropped.
    const again = name === 'fish' ? Promise.resolve() : shell.untilText(/133;D;qd=/);
    shell.type('abc\x03');
    await again;
    await shell.run('true');
    expect(shell.ended().slice(before)).toMatchObject([{ command: 'true' }]);
  });

  it('keeps a command of several lines whole', async () => {
    const lines = name === 'fish' ? 'begin\recho hi\rend' : 'cat <<X\rhi\rX';
    expect(await shell.run(lines)).toMatchObject({ trusted: true, exit: 0 });
    expect(shell.ended().at(-1)?.command).toContain('\n');
  });

  it('keeps its secret to itself', async () => {
    const environment = await outputOf(shell, 'tr "\\0" "\\n" < /proc/$fish_pid$$/environ; env'.replace(name === 'fish' ? '$$' : '$fish_pid', ''));
    expect(environment).toContain('TERM_PROGRAM=quarterdeck');
    expect(environment).not.toMatch(/qd=|secret/);
    expect(await readdir(join(shells.folder, 'sessions', shell.id, 'shell'))).toEqual([]);
    // Whoever runs inside inherits nothing that would have to be explained.
    expect(await outputOf(shell, 'env | grep -c -e QUARTERDECK_SHELL -e QUARTERDECK_ZDOTDIR')).toBe('0');
  });

  it('believes no mark that a program prints', async () => {
    const forged = "printf '\\033]133;D;0\\007\\033]133;A\\007\\033]633;E;rm -rf ~;x\\007\\033]133;C\\007forged\\033]133;D;0\\007'; sh -c 'exit 5'";
    expect(await shell.run(name === 'fish' ? forged : `command ${forged}`)).toMatchObject({ exit: 5, trusted: true });
    expect(shell.ended().some(({ command }) => command?.startsWith('rm') === true)).toBe(false);
  });

  it('leaves a shell inside of it one block, which ends with that shell', async () => {
    const before = shell.ended().length;
    shell.type(`${program}\r`);
    await shell.until('blockStarted', ({ block }) => block.command === program);
    await shell.until('running', ({ command }) => command?.startsWith(name) === true);
    shell.type('true\r');
    shell.type('exit 4\r');
    await shell.until('blockEnded', ({ block }) => block.command === program);
    expect(shell.ended().slice(before)).toMatchObject([{ command: program, exit: 4 }]);
  });
});

it('goes on with prompts that are made anew, hooks in an array, traps and everything exported', async () => {
  const home = join(shells.folder, 'other-home');
  await mkdir(home);
  const profile =
    'anew() { PS1="[$RANDOM] "; }\nPROMPT_COMMAND=(anew true)\ntrap "DEBUGGED=1" DEBUG\nset -o allexport\nexport HISTTIMEFORMAT="%F "\nHISTCONTROL=ignoredups:erasedups\n';
  await writeFile(join(home, '.bash_profile'), profile);
  const shell = await (await shells.start('/bin/bash', { env: { HOME: home } })).ready();
  expect(await shell.run('false')).toMatchObject({ command: 'false', trusted: true, exit: 1 });
  expect(await shell.run('echo same')).toMatchObject({ trusted: true });
  // bash does not keep it again: the screen says it, and the shell has said it before.
  expect(await shell.run('echo same')).toMatchObject({ command: 'echo same', trusted: true, exit: 0 });
  expect(await outputOf(shell, 'env')).not.toMatch(/[0-9a-f]{48}/);
});

describe('history', () => {
  it('remembers what was run in every shell, without secrets and without what begins with a space', async () => {
    const shell = await (await shells.start('/bin/bash')).ready();
    await shell.run('echo remembered');
    await shell.run(' echo left-out');
    await shell.run('export DB_PASSWORD=hunter2hunter2');
    expect(shell.ended().map(({ command }) => command)).toEqual(['echo remembered', ' echo left-out', 'export DB_PASSWORD=hunter2hunter2']);
    const found = await shells.call(shellCalls.history, { text: 'echo remembered' });
    expect(found).toMatchObject([{ command: 'echo remembered', exit: 0, session: shell.id }]);
    expect(await shells.call(shellCalls.history, { text: 'left-out' })).toEqual([]);
    expect(await shells.call(shellCalls.history, { text: 'DB_PASSWORD' })).toMatchObject([{ command: 'export DB_PASSWORD=[redacted]' }]);
    expect(await shells.call(shellCalls.history, { text: 'remembered' }, 'somebody else')).toEqual([]);
    await shells.call(shellCalls.forget, { entry: found[0]?.id ?? '' });
    expect(await shells.call(shellCalls.history, { text: 'remembered' })).toEqual([]);
    const [blocks] = await Promise.all([readdir(join(shells.folder, 'shell', 'blocks', shell.id))]);
    for (const file of blocks) expect(await readFile(join(shells.folder, 'shell', 'blocks', shell.id, file), 'utf8')).not.toContain('hunter2');
  });
});

it('tells when keys are hidden, and keeps nothing that was typed then', async () => {
  const shell = await (await shells.start('/bin/bash')).ready();
  shell.type('read -r -s -p "Password: " answer\r');
  await shell.until('hidden', ({ on }) => on);
  expect(await shells.call(shellCalls.hidden, { id: shell.id })).toEqual({ hidden: true });
  shell.type('opensesame1\r');
  await shell.until('hidden', ({ on }) => !on);
  await shell.run('true');
  const kept = await shells.call(shellCalls.history, {});
  expect(JSON.stringify([kept, await shells.call(shellCalls.blocks, { id: shell.id })])).not.toContain('opensesame1');
});

it('recognises what a command put out, unless it is not to be looked at', async () => {
  const shell = await (await shells.start('/bin/bash')).ready();
  await shell.run('kubctl get pods');
  const { finding } = await shell.until('finding');
  expect(finding).toMatchObject({ kind: 'commandNotFound', suggestion: 'kubectl get pods', block: shell.ended()[0]?.id });
  shell.session.setObserved(false);
  expect(await shells.call(shellCalls.findings, { id: shell.id })).toEqual([]);
  await shell.run('kubctl get nodes');
  await shells.call(shellCalls.blocks, { id: shell.id });
  expect(await shells.call(shellCalls.findings, { id: shell.id })).toEqual([]);
});

it('knows its processes, and that something would end with the shell', async () => {
  const shell = await (await shells.start('/bin/bash')).ready();
  expect(await shells.call(shellCalls.processes, { id: shell.id })).toMatchObject({ busy: false, processes: [{ foreground: true }] });
  shell.type('sleep 60\r');
  await shell.until('running', ({ command }) => command === 'sleep 60');
  const { processes, busy } = await shells.call(shellCalls.processes, { id: shell.id });
  expect(busy).toBe(true);
  expect(processes.map(({ name, foreground }) => ({ name, foreground }))).toEqual([
    { name: 'bash', foreground: false },
    { name: 'sleep', foreground: true },
  ]);
  shell.type('\x03');
  expect(await shell.until('blockEnded')).toMatchObject({ block: { exit: 130 } });
});

it('keeps blocks for a host that comes after', async () => {
  const shell = await (await shells.start('/bin/bash')).ready();
  const block = await shell.run('echo kept');
  await shells.call(shellCalls.bookmark, { id: shell.id, block: block.id, bookmarked: true });
  const { BlockStore } = await import('../blocks/block-store.ts');
  const folder = join(shells.folder, 'shell', 'blocks', shell.id);
  const plain = (bytes: Uint8Array) => bytes;
  const store = await BlockStore.open({ folder, seal: { seal: plain, open: plain }, redact: (text) => text, limits: { blocks: 10, bytes: 10_000 } });
  expect(store.list()).toMatchObject([{ id: block.id, command: 'echo kept', exit: 0, bookmarked: true }]);
  expect((await store.output(block.id))?.text).toBe('kept');
});
