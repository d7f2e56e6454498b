import type { FileEntry } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { cleanPath, crumbsOf, inFolder, parentOf } from './file-paths.ts';
import { readableText } from './readable-text.ts';
import { sortFiles } from './sort-files.ts';

describe('paths in a container', () => {
  it('lead down, up and along the way, whatever names are', () => {
    expect([inFolder('/', 'etc'), inFolder('/etc', ' a\nb'), parentOf('/etc/x'), parentOf('/etc'), parentOf('/')]).toEqual([
      '/etc',
      '/etc/ a\nb',
      '/etc',
      '/',
      '/',
    ]);
    expect(crumbsOf('/var/log')).toEqual([
      { name: '/', path: '/' },
      { name: 'var', path: '/var' },
      { name: 'log', path: '/var/log' },
    ]);
    expect(crumbsOf('/')).toHaveLength(1);
    expect(['etc/', '/a/./b/../c', '/../..', ''].map(cleanPath)).toEqual(['/etc', '/a/c', '/', '/']);
  });
});

describe('sortFiles', () => {
  const entry = (name: string, size: number, type: FileEntry['type'] = 'file'): FileEntry => ({
    ...{ name, size, type, mode: '0644', target: null },
    modifiedAt: new Date(size * 1000).toISOString(),
  });
  it('keeps folders in front, and names in order where the rest is the same', () => {
    const entries = [entry('b', 5), entry('z', 1, 'folder'), entry('a', 5), entry('c', 9)];
    const names = (by: 'name' | 'size' | 'modifiedAt', descending: boolean) =>
      sortFiles(entries, { by, descending })
        .map(({ name }) => name)
        .join('');
    expect([names('name', false), names('name', true), names('size', true), names('modifiedAt', false)]).toEqual(['zabc', 'zcba', 'zcab', 'zabc']);
  });
});

describe('readableText', () => {
  it('is text that is UTF-8, and nothing else', async () => {
    expect(await readableText(new Blob(['grün\n']))).toBe('grün\n');
    expect(await readableText(new Blob([new Uint8Array([1, 0, 2])]))).toBeNull();
    expect(await readableText(new Blob([new Uint8Array([0xff, 0xfe, 0x41])]))).toBeNull();
  });
});
