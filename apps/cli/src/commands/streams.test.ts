import { describe, expect, it } from 'vitest';
import { LogPrinter } from '../output/log-text.ts';
import { runQd } from '../testing.ts';

describe('a wrong command line', () => {
  it.each([
    [['logs', '-n', 'a'], 'Neither a target nor --selector is given', 'TYPE/NAME'],
    [['logs', '-n', 'a', 'web', '-l', 'app=web'], 'A target and --selector exclude each other', 'Leave one'],
    [['logs', '-n', 'a', 'web', '--since', '5 minutes'], '--since is "5 minutes", which is no duration', '1h30m'],
    [['logs', '-n', 'a', 'web', '--since', '5m', '--since-time', '2026-01-01T00:00:00Z'], '--since and --since-time exclude each other', 'Leave one'],
    [['logs', '-n', 'a', 'web', '--since-time', 'yesterday'], '--since-time must be a time', '--help'],
    [['port-forward', '-n', 'a', 'web'], 'No port is given', '8080:80'],
    [['port-forward'], 'Neither a target nor --selector is given', 'TYPE/NAME'],
    [['port-forward', 'web', '80', '--again', 'db'], '--again takes neither', 'port-forward --again db'],
    [['port-forward', 'web', '80', '--remember', '../db'], '--remember may have up to 40 letters', '--help'],
    [['port-forward', 'stop'], 'Names or --all are needed', 'port-forward list'],
    [['port-forward', '-n', 'a', 'web', '80:70000'], '"80:70000" is no port', 'LOCAL:REMOTE'],
    [['port-forward', '-n', 'a', 'web', '80:'], '"80:" is no port', 'LOCAL:REMOTE'],
  ])('%j is told with the way out', async (args, message, hint) => {
    const { code, out, err } = await runQd(args);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain(`qd: ${message}`);
    expect(err).toContain(hint);
  });
});

describe('lines of a log', () => {
  const entry = (text: string) => ({ pod: 'web-1', container: 'app', time: '2026-01-01T00:00:00.000000000Z', text });
  const plain = { timestamps: false, prefix: false, terminal: false, paint: (_format: unknown, text: string) => text };

  it('are as kubectl writes them', () => {
    expect(new LogPrinter(plain).text([entry('a'), entry('b')])).toBe('a\nb\n');
    const full = new LogPrinter({ ...plain, prefix: true, timestamps: true });
    expect(full.text([entry('a')])).toBe('[pod/web-1/app] 2026-01-01T00:00:00.000000000Z a\n');
  });

  it('keep their colours on a terminal and nothing else that it would obey', () => {
    const text = '\x1b[31mred\x1b[0m\tx\x1b[2J\x1b]0;title\x07\x07y\x1bc';
    expect(new LogPrinter({ ...plain, terminal: true }).text([entry(text)])).toBe('\x1b[31mred\x1b[0m\txy\n');
    expect(new LogPrinter(plain).text([entry(text)])).toBe(`${text}\n`);
  });
});
