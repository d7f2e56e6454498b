import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { npmUnder } from './npm.js';
import { decideRuntime, findFetched, nodePackages } from './runtime.js';

const old = { program: '/usr/bin/node', version: 'v20.20.2' };
const pinned = nodePackages['linux-x64'] ?? { name: '', version: '' };

describe('decideRuntime', () => {
  it('uses the running Node from 24 on, even beside a fetched one', () => {
    const running = { program: '/opt/node', version: 'v24.0.0' };
    const fetched = { program: '/f/node', version: pinned.version, fetched: true };
    expect(decideRuntime({ running, fetched, target: 'linux-x64' })).toEqual({ use: { ...running, fetched: false } });
  });

  it('fetches where the running Node is too old and the fetched one is missing or of another pin', () => {
    expect(decideRuntime({ running: old, fetched: null, target: 'linux-x64' })).toEqual({ fetch: pinned });
    const earlier = { program: '/f/node', version: '24.1.0', fetched: true };
    expect(decideRuntime({ running: old, fetched: earlier, target: 'linux-x64' })).toEqual({ fetch: pinned });
    const fetched = { ...earlier, version: pinned.version };
    expect(decideRuntime({ running: old, fetched, target: 'linux-x64' })).toEqual({ use: fetched });
  });

  it('says for which systems there is one where there is none', () => {
    expect(decideRuntime({ running: old, fetched: null, target: 'aix-ppc64' })).toEqual({
      unavailable: expect.stringContaining('aix-ppc64 (only for linux-x64, linux-arm64'),
    });
  });

  it('finds what was fetched by its own manifest', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'qd-runtime-'));
    expect(findFetched(folder, 'linux-x64')).toBeNull();
    const home = path.join(folder, 'node_modules', pinned.name);
    mkdirSync(home, { recursive: true });
    writeFileSync(path.join(home, 'package.json'), '{"version":"24.21.0"}');
    expect(findFetched(folder, 'linux-x64')).toEqual({ program: path.join(home, 'bin', 'node'), version: '24.21.0', fetched: true });
  });
});

describe('npmUnder', () => {
  const runtime = { program: '/checkout/.node/bin/node', version: '24.21.0', fetched: true };

  it('runs the npm that started this program with the chosen Node, and everything below it too', () => {
    const env = { npm_execpath: '/usr/lib/node_modules/npm/bin/npm-cli.js', PATH: '/usr/bin' };
    const npm = npmUnder({ runtime, env, platform: 'linux', installed: '/usr/bin/node' });
    expect(npm).toMatchObject({ command: runtime.program, args: [env.npm_execpath], env: { PATH: '/checkout/.node/bin:/usr/bin' } });
  });

  it('finds npm by the PATH where another package manager started it', () => {
    const npm = npmUnder({ runtime, env: { npm_execpath: '/opt/pnpm.cjs', PATH: '/usr/bin' }, platform: 'linux', installed: '/usr/bin/node' });
    expect(npm).toMatchObject({ command: 'npm', args: [] });
  });

  it('finds npm beside Node on Windows and keeps the spelling of Path', () => {
    const npm = npmUnder({ runtime, env: { Path: 'C:\\bin' }, platform: 'win32', installed: 'C:\\node\\node.exe' });
    expect(npm.args).toEqual(['C:\\node\\node_modules\\npm\\bin\\npm-cli.js']);
    expect(Object.keys(npm.env)).toEqual(['Path']);
  });
});
