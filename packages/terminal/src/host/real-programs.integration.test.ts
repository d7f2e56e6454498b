import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blankTerminal, fed } from '../testing/blank-terminal.ts';
import { differences, screenState } from '../testing/screen-state.ts';
import { Mirror, type Snapshot } from './mirror.ts';
import { openPty, type Pty } from './pty.ts';
import { TerminalAnswers } from './terminal-answers.ts';

const columns = 100;
const rows = 30;
const scrollback = 2000;
/** Of one program; the first ones, which are closest to how it draws its screen, and the last. */
const mostSnapshots = 60;
const quiet = 120;
/** Of a program that draws without end. */
const longestDrawing = 1500;

const folder = await mkdtemp(join(tmpdir(), 'qd-programs-'));
let counted = { programs: 0, snapshots: 0, bytes: 0 };

afterAll(async () => {
  console.info(`${counted.snapshots} snapshots of ${counted.programs} programs (${counted.bytes} bytes), each equal to a terminal that was fed everything`);
  await rm(folder, { recursive: true, force: true });
});

/** A program in a real terminal; snapshots are taken while it draws. */
class Played {
  readonly snapshots: Snapshot[] = [];
  private readonly chunks: Buffer[] = [];
  private readonly mirror = new Mirror({ columns, rows, scrollback });
  private readonly pty: Pty;
  private lastAt = performance.now();
  ended = false;

  constructor(file: string, args: readonly string[], env: Record<string, string> = {}) {
    const base = { PATH: process.env.PATH ?? '', HOME: folder, TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8', PS1: '$ ', ...env };
    const request = { file, args, env: base, cwd: folder, columns, rows };
    this.pty = openPty(request, {
      onData: (bytes) => this.took(bytes),
      onExit: () => {
        this.ended = true;
      },
    });
    const reply = (text: string) => void this.pty.write(Buffer.from(text)).catch(() => undefined);
    new TerminalAnswers(this.mirror.terminal, '0', reply).setTheme({ foreground: '#ffffff', background: '#000000', cursor: '#ffffff' });
    this.mirror.terminal.onData(reply);
  }

  async keys(text: string): Promise<void> {
    await this.pty.write(Buffer.from(text));
    await this.drawn();
  }

  resize(toColumns: number, toRows: number): void {
    this.pty.resize(toColumns, toRows, { width: 0, height: 0 });
  }

  /** Nothing comes any more, or it has drawn for long enough. */
  async drawn(): Promise<void> {
    const began = performance.now();
    this.lastAt = began;
    while (performance.now() - this.lastAt < quiet && performance.now() - began < longestDrawing) await wait(20);
  }

  async shows(text: string): Promise<void> {
    await expect.poll(() => Buffer.concat(this.chunks).toString(), { timeout: 15_000 }).toContain(text);
    await this.drawn();
  }

  /** Each snapshot with what came after it, against everything from the beginning. */
  async compare(): Promise<string[]> {
    await this.mirror.settled();
    this.snapshots.push(this.mirror.snapshot(scrollback));
    // What goes on drawing while we compare is not part of it.
    const [all, snapshots] = [Buffer.concat(this.chunks), [...this.snapshots]];
    const reference = blankTerminal(columns, rows, scrollback);
    await fed(reference, all);
    const expected = screenState(reference, scrollback);
    const found: string[] = [];
    for (const { text, offset } of snapshots) {
      const page = blankTerminal(columns, rows, scrollback);
      await fed(page, text);
      await fed(page, all.subarray(offset));
      found.push(...differences(expected, screenState(page, scrollback)).map((what) => `from ${offset}: ${what}`));
      page.dispose();
    }
    counted = { programs: counted.programs + 1, snapshots: counted.snapshots + snapshots.length, bytes: counted.bytes + all.byteLength };
    this.pty.close();
    return found.slice(0, 10);
  }

  private took(bytes: Buffer): void {
    this.lastAt = performance.now();
    this.chunks.push(bytes);
    this.mirror.write(bytes, () => {
      if (this.snapshots.length < mostSnapshots) this.snapshots.push(this.mirror.snapshot(scrollback));
    });
  }
}

const tables = `for i in 0 1 2 3 4 5 6 7 8 9; do printf "\\033[3$((i%8));4$((i*3%8));1mcolour $i\\033[0m \\033[38;5;$((i*20))m256\\033[0m \\033[38;2;$((i*25));0;99mtrue\\033[0m 漢字 e\\xcc\\x81 👍🏽 ｱ\\n"; done`;
const longText = Array.from({ length: 300 }, (_, index) => `line ${index} ${'word '.repeat(index % 40)}`).join('\n');

beforeAll(async () => {
  await writeFile(join(folder, 'text.md'), longText);
  await writeFile(join(folder, 'tables.sh'), tables);
  await writeFile(join(folder, '.vimrc'), 'set noswapfile\nsyntax on\nset mouse=a number ruler\n');
});

interface Program {
  name: string;
  file: string;
  args?: string[];
  env?: Record<string, string>;
  /** What is started from within it. */
  within?: string;
  /** What proves that it ran. */
  says: string;
  play(program: Played): Promise<void>;
}

const programs: Program[] = [
  {
    name: 'bash',
    says: 'tables.sh',
    file: '/bin/bash',
    args: ['--norc'],
    async play(it) {
      await it.keys('ls -la --color=always\r');
      await it.keys('bash tables.sh\r');
      await it.keys('echo a long line that is typed and wraps because it does not fit into the hundred columns of this terminal window here');
      await it.keys('\x01\x1b[C\x1b[C\x17\r');
      await it.keys('tput smacs; echo lqqk; tput rmacs; for i in $(seq 1 80); do echo $i; done\r');
    },
  },
  {
    name: 'zsh',
    says: 'colour 9',
    file: '/usr/bin/zsh',
    args: ['-f'],
    async play(it) {
      await it.keys('autoload -U compinit; compinit -u; PROMPT="%F{red}%~%f %# " RPROMPT="%T"\r');
      await it.keys('ls te\t\t\r');
      await it.keys('bash tables.sh\r');
    },
  },
  {
    name: 'fish',
    says: 'two',
    file: '/usr/bin/fish',
    args: ['--no-config'],
    async play(it) {
      await it.keys('echo one; and echo two\r');
      await it.keys('ls te\t');
      await it.keys('\x03');
    },
  },
  {
    name: 'vim',
    says: 'line 99',
    file: '/usr/bin/vim',
    args: ['text.md'],
    async play(it) {
      await it.drawn();
      await it.keys('10j5wihello 漢字 ');
      await it.keys('\x1b:vsplit tables.sh\r');
      await it.keys('\x17w\x06\x06\x04');
      await it.keys('/line 99\r');
      await it.keys('Vjjd:set list\r');
    },
  },
  {
    name: 'vim, left again',
    says: 'back',
    file: '/bin/bash',
    within: '/usr/bin/vim',
    args: ['--norc'],
    async play(it) {
      await it.keys('seq 1 50\r');
      await it.keys('vim text.md\r');
      await it.shows('300L');
      await it.keys('Gdgg:q!\r');
      await it.keys('echo back\r');
    },
  },
  {
    name: 'less',
    says: 'line 120',
    file: '/usr/bin/less',
    args: ['-R', 'text.md'],
    async play(it) {
      await it.drawn();
      await it.keys(' ');
      await it.keys('/line 120\r');
      await it.keys('bbk');
    },
  },
  {
    name: 'htop',
    says: 'Load average',
    file: '/usr/bin/htop',
    async play(it) {
      await it.drawn();
      await it.keys('\x1b[B\x1b[B');
      await it.keys('\x1bOR');
    },
  },
  {
    name: 'top',
    says: 'load average',
    file: '/usr/bin/top',
    args: ['-d', '0.3'],
    async play(it) {
      await it.drawn();
      await it.keys('1z');
    },
  },
  {
    name: 'tmux',
    says: '[0]',
    file: '/usr/bin/tmux',
    args: ['-L', `qd-${process.pid}`, '-f', '/dev/null', 'new', 'bash --norc'],
    async play(it) {
      await it.drawn();
      await it.keys('\x02%');
      await it.keys('bash tables.sh\r');
      await it.keys('\x02"');
      await it.keys('seq 1 100\r');
      await it.keys('\x02z');
      execFileSync('tmux', ['-L', `qd-${process.pid}`, 'kill-server']);
      await it.drawn();
    },
  },
  {
    name: 'python',
    says: 'ZeroDivisionError',
    file: '/usr/bin/python3',
    args: ['-q'],
    async play(it) {
      await it.drawn();
      await it.keys('for i in range(3): print("é" * i)\r\r');
      await it.keys('1/0\r');
    },
  },
  {
    name: 'mouse, focus, paste and cursor modes',
    says: '\x1b[?1006h',
    file: '/bin/bash',
    args: ['--norc'],
    async play(it) {
      await it.keys("printf '\\e[?1000h\\e[?1002h\\e[?1003h\\e[?1006h\\e[?1004h\\e[?2004h\\e[5 q\\e[?25l'\r");
      await it.keys("printf '\\e[?1003l\\e[?25h\\e[2;20r\\e[10;1H\\e7\\e[?6h'\r");
    },
  },
  {
    name: 'what test suites of terminals send',
    says: '\x1b#8',
    file: '/bin/bash',
    args: [
      '--norc',
      '-c',
      `printf '\\ec\\e[20;1HA\\e[3@B\\e[2D\\e[4X\\e[5P\\e[2M\\e[3L\\eM\\eM\\eD\\eE\\e[3;10r\\e[?6h\\e[2;2HX\\e[?6l\\e[r\\e[5;5H\\e[1J\\e[?5h\\e[?5l\\e#8\\e[10;40HY\\e[2K\\e[b\\e[6b\\e[3S\\e[2T\\e[5I\\e[2Z\\e[12G|\\e[7d-\\e[3a.\\e[2e:'; sleep 1`,
    ],
    play: (it) => it.drawn(),
  },
  {
    name: 'a password prompt of sudo',
    says: 'sudo',
    file: '/bin/bash',
    within: '/usr/bin/sudo',
    args: ['--norc'],
    async play(it) {
      const other = userInfo().username === 'root' ? 'su nobody -s /bin/bash -c "sudo -k ls"' : 'sudo -k ls';
      await it.keys(`${other}\r`);
      await it.drawn();
      await it.keys('\x03');
    },
  },
];

describe('the screen of a real program, brought back at any moment', () => {
  for (const { name, file, args = [], env = {}, within = file, says, play } of programs) {
    it.skipIf(!existsSync(file) || !existsSync(within))(`goes on as if nothing had happened: ${name}`, { timeout: 60_000 }, async () => {
      const program = new Played(file, args, env);
      await program.drawn();
      await play(program);
      await program.shows(says);
      expect(await program.compare()).toEqual([]);
    });
  }

  it.skipIf(!existsSync('/usr/sbin/sshd') || !existsSync('/usr/bin/ssh'))(
    'over ssh to this machine, with the size that the page has',
    { timeout: 60_000 },
    async () => {
      const port = await freePort();
      const keys = join(folder, 'ssh');
      await mkdir(keys, { mode: 0o700 });
      for (const name of ['host', 'person']) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(keys, name)]);
      execFileSync('cp', [join(keys, 'person.pub'), join(keys, 'authorized_keys')]);
      await chmod(join(keys, 'authorized_keys'), 0o600);
      await mkdir('/run/sshd', { recursive: true }).catch(() => undefined);
      const options = [`HostKey=${join(keys, 'host')}`, `AuthorizedKeysFile=${join(keys, 'authorized_keys')}`, 'StrictModes=no', 'UsePAM=no', 'PidFile=none'];
      const daemon = spawn('/usr/sbin/sshd', ['-D', '-p', String(port), '-o', 'ListenAddress=127.0.0.1', ...options.flatMap((option) => ['-o', option])]);
      try {
        const known = ['-o', 'StrictHostKeyChecking=no', '-o', `UserKnownHostsFile=${join(keys, 'known')}`, '-o', 'ConnectionAttempts=20', '-F', 'none'];
        const program = new Played('/usr/bin/ssh', ['-tt', '-i', join(keys, 'person'), '-p', String(port), ...known, '127.0.0.1', 'bash --norc']);
        await program.shows('bash');
        await program.keys('stty size; ls --color=always /etc | head -50\r');
        await program.shows(`${rows} ${columns}`);
        expect(await program.compare()).toEqual([]);
      } finally {
        daemon.kill();
      }
    },
  );
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('There is no port.'))));
    });
  });
}
