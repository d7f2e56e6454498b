import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestShells } from '../testing/open-shells.ts';

let shells: TestShells;

beforeAll(async () => {
  shells = await TestShells.open();
});
afterAll(() => shells.remove());

/** Programs that ask for something secret, and programs that echo nothing for another reason. */
describe('hidden keys', () => {
  it.each([
    ['read -s', "read -rs -p 'Value? ' x", true],
    ['getpass', `python3 -c 'import getpass; getpass.getpass("Key? ")'`, true],
    ['a prompt behind a raw terminal', "stty raw; printf 'alice@db password: '; sleep 2; stty sane", true],
    ['cat', 'cat', false],
    ['a full-screen program', 'vi', false],
    ['an editor of lines', 'python3', false],
  ])('%s', async (_name, line, hidden) => {
    if (line === 'vi' && !exists('vi')) return;
    const shell = await (await shells.start('/bin/bash')).ready();
    shell.type(`${line}\r`);
    await shell.until('blockStarted');
    if (hidden) await shell.until('hidden', ({ on }) => on);
    else {
      await shell.until('running', ({ command }) => command !== null);
      expect(shell.events.filter(({ type }) => type === 'hidden')).toEqual([]);
    }
  });
});

function exists(program: string): boolean {
  try {
    execFileSync('which', [program]);
    return true;
  } catch {
    return false;
  }
}
