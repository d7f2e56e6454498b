import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { encodeTerminalServerFrame } from '@quarterdeck/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameReader, writeFramed } from '../protocol/framing.ts';
import { hostPlace } from '../protocol/host-place.ts';
import { shellEnvironment } from './environment.ts';
import { exitOf } from './pty.ts';
import { sealingOf } from './sealing.ts';
import { type EndedOsc, SequenceScanner } from './sequence-scanner.ts';
import { clipboardText, shownTitle } from './session-record.ts';

function framed(messages: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const message of messages) writeFramed({ cork: () => undefined, uncork: () => undefined, write: (bytes) => parts.push(bytes) }, message);
  return Buffer.concat(parts);
}

describe('messages between server and host', () => {
  it('come out as they went in, wherever the stream is cut', () => {
    const messages = fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 20 });
    fc.assert(
      fc.property(messages, fc.integer({ min: 1, max: 30 }), (sent, portion) => {
        const got: Buffer[] = [];
        const reader = new FrameReader((message) => got.push(Buffer.from(message)));
        const stream = framed(sent);
        for (let at = 0; at < stream.byteLength; at += portion) reader.push(stream.subarray(at, at + portion));
        expect(got).toEqual(sent.map((message) => Buffer.from(message)));
      }),
    );
  });

  it('are refused where their length is none', () => {
    expect(() => new FrameReader(() => undefined).push(Buffer.from('GET / HTTP/1.1'))).toThrow(/is none/);
    expect(() => new FrameReader(() => undefined).push(Buffer.alloc(4))).toThrow(/is none/);
  });

  it('hold whole terminal frames', () => {
    const frame = encodeTerminalServerFrame({ type: 'output', session: 1, offset: 5, bytes: Buffer.from('x') });
    const got: Buffer[] = [];
    new FrameReader((message) => got.push(message)).push(framed([frame]));
    expect(got).toEqual([Buffer.from(frame)]);
  });
});

describe('where a host is', () => {
  it('is a socket of its version in the folder, or a short one where the path is too long', () => {
    expect(hostPlace('/state/terminal', '1.2.0', 'linux').socket).toBe('/state/terminal/host-1-1.2.0.sock');
    const deep = hostPlace(join('/state', 'x'.repeat(120)), '1.2.0', 'linux').socket;
    expect(deep.length).toBeLessThan(104);
  });

  it('is a pipe on Windows, another for each folder', () => {
    const [one, other] = ['C:\\a', 'C:\\b'].map((folder) => hostPlace(folder, '1.2.0', 'win32').socket);
    expect(one).toMatch(/^\\\\\.\\pipe\\quarterdeck-[0-9a-f]{12}-host-1-1\.2\.0$/);
    expect(one).not.toBe(other);
  });

  it('is never outside of its folder', () => expect(hostPlace('/state', '../../etc', 'linux').lock).toBe('/state/host-1-.._.._etc.lock'));
});

describe('what a shell is started with', () => {
  it('is the environment of the person, without what belongs to the workbench or to a model', () => {
    const kept = { PATH: '/bin', HOME: '/home/me', AWS_PROFILE: 'x', MY_TOKEN: 'mine' };
    const ours = {
      QUARTERDECK_KEY: 'k',
      ANTHROPIC_API_KEY: 'k',
      OPENAI_API_KEY: 'k',
      NODE_OPTIONS: '-r x',
      npm_config_x: '1',
      TMUX: 't',
      STY: 's',
      VSCODE_NONCE: 'n',
      PORT: '1',
      OTEL_EXPORTER_OTLP_HEADERS: 'h',
    };
    expect(shellEnvironment({ ...kept, ...ours, UNSET: undefined })).toEqual(kept);
  });
});

describe('what is kept on disk', () => {
  const sealing = sealingOf(randomBytes(32));
  it('comes back with the key, and with no other', () => {
    const sealed = sealing.seal(Buffer.from('what a terminal showed'));
    expect(Buffer.from(sealing.open(sealed)).toString()).toBe('what a terminal showed');
    expect(Buffer.from(sealed).includes('showed')).toBe(false);
    expect(() => sealingOf(randomBytes(32)).open(sealed)).toThrow(/can not be opened/);
    expect(() => sealing.open(Buffer.concat([sealed.subarray(0, -1), Buffer.of(0)]))).toThrow(/can not be opened/);
    expect(() => sealing.open(Buffer.alloc(3))).toThrow(/can not be opened/);
  });
});

describe('what programs say of themselves', () => {
  it('is shown as a title without what turns it around or hides in it', () => {
    expect(shownTitle('vim\u202e txt\u0007\u001b[31m')).toBe('vim txt[31m');
    expect(shownTitle('x'.repeat(5000))).toHaveLength(256);
    expect(shownTitle('\u200b')).toBeNull();
  });

  it('goes to the clipboard as text, if it is not too much; and nothing is ever read from there', () => {
    expect(clipboardText(`c;${Buffer.from('grüße').toString('base64')}`)).toBe('grüße');
    expect([clipboardText('c;?'), clipboardText('c;'), clipboardText('c;***'), clipboardText(`c;${'A'.repeat(200_000)}`)]).toEqual([null, null, null, null]);
  });

  it('is told with the place where it ends, however it is broken up', () => {
    const text = 'a\x1b]0;t\x07b\x1b]633;E;x\x1b\\c\x1b]133;D\x18d\x1b]7;y\x1b[1mz';
    const expected = [
      { code: 0, offset: text.indexOf('b') },
      { code: 633, offset: text.indexOf('c') },
      { code: 7, offset: text.indexOf('\x1b[1m') },
    ];
    for (const portion of [1, 2, 3, 100]) {
      const ended: EndedOsc[] = [];
      const scanner = new SequenceScanner(0, (osc) => ended.push(osc));
      for (let at = 0; at < text.length; at += portion) scanner.push(Buffer.from(text.slice(at, at + portion)));
      expect(ended).toEqual(expected);
      expect(scanner.between).toBe(text.length);
    }
  });
});

describe('processes', () => {
  it('end with a code or by a signal', () => {
    expect([exitOf(3, 0), exitOf(0, 9), exitOf(0, undefined)]).toEqual([
      { code: 3, signal: null },
      { code: null, signal: 'SIGKILL' },
      { code: 0, signal: null },
    ]);
  });
});
