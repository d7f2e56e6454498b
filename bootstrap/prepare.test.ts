import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { browserCommand, urlIn } from './browser.js';
import { exitCodeOf } from './child.js';
import { isInstallStale } from './install.js';
import { explainFailure } from './step.js';
import { fingerprint } from './web.js';

describe('isInstallStale', () => {
  const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/a-darwin': { version: '1.0.0', optional: true } } };

  it('takes an installation without the binaries of other systems as whole', () => {
    expect(isInstallStale(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(false);
  });

  it.each([
    ['nothing', null],
    ['another version', { packages: { 'node_modules/a': { version: '1.0.1' } } }],
    ['too little', { packages: {} }],
  ])('sees %s installed', (_, installed) => {
    expect(isInstallStale(lock, installed)).toBe(true);
  });
});

describe('fingerprint', () => {
  function folder(files: Record<string, string>) {
    const top = mkdtempSync(path.join(tmpdir(), 'qd-web-'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(top, name)), { recursive: true });
      writeFileSync(path.join(top, name), text);
    }
    return top;
  }

  it('is the same for the same sources in another place, whatever was built and tested beside them', () => {
    const bare = folder({ 'src/main.tsx': 'a' });
    const worked = folder({ 'src/main.tsx': 'a', 'src/main.test.tsx': 'b', 'dist/main.js': 'c', 'node_modules/x/index.js': 'd' });
    expect(fingerprint([worked])).toBe(fingerprint([bare]));
  });

  it('changes with a content and with a name', () => {
    const prints = [{ 'src/a.ts': '1' }, { 'src/a.ts': '2' }, { 'src/b.ts': '1' }].map((files) => fingerprint([folder(files)]));
    expect(new Set(prints).size).toBe(3);
  });
});

describe('explainFailure', () => {
  it.each([
    ['npm error code EAI_AGAIN', 'cannot be reached', 'network connection'],
    ['npm error ENOSPC: no space left', 'disk is full', 'Free some space'],
    ['Something else', 'ended with code 7', 'end of the log'],
  ])('reads %s', (output, message, hint) => {
    const failure = explainFailure('Installing', 7, output, '/log');
    expect(failure.message).toContain(message);
    expect(failure.hint).toContain(hint);
    expect(failure.log).toBe('/log');
  });
});

describe('browserCommand', () => {
  const desk = { platform: 'linux', env: { DISPLAY: ':0' }, terminal: true };

  it('opens one where somebody sees it', () => {
    expect(browserCommand(desk)).toEqual(['xdg-open']);
    expect(browserCommand({ ...desk, env: { WAYLAND_DISPLAY: 'wayland-0', CI: 'false' } })).toEqual(['xdg-open']);
    expect(browserCommand({ ...desk, platform: 'darwin', env: {} })).toEqual(['open']);
  });

  it.each([
    ['without a display', { ...desk, env: {} }],
    ['without a terminal', { ...desk, terminal: false }],
    ['in CI', { ...desk, env: { DISPLAY: ':0', CI: 'true' } }],
    ['when told not to', { ...desk, env: { DISPLAY: ':0', BROWSER: 'none' } }],
  ])('opens none %s', (_, machine) => {
    expect(browserCommand(machine)).toBeNull();
  });
});

describe('urlIn', () => {
  it('takes an address only when its line is complete', () => {
    expect(urlIn('Quarterdeck: http://127.0.0.1:4')).toBeNull();
    expect(urlIn('Quarterdeck: http://127.0.0.1:4321/#token=a\n')).toBe('http://127.0.0.1:4321/#token=a');
  });
});

describe('exitCodeOf', () => {
  it('is the code, or 128 and the signal as a shell says it', () => {
    expect(exitCodeOf(3, null)).toBe(3);
    expect(exitCodeOf(null, 'SIGTERM')).toBe(143);
  });
});
