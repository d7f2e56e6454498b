import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

/**
 * Makes the one package that people install: `npm run pack [-- FOLDER]` writes quarterdeck-VERSION.tgz there. Node runs no
 * TypeScript under node_modules, so the sources are compiled as they lie, file by file; the workspaces go along as
 * bundled dependencies, all else is fetched when the package is installed.
 */
const root = path.join(import.meta.dirname, '..');
const stage = path.join(root, '.node', 'package');
const target = path.resolve(process.argv[2] ?? path.join(root, '.node'));

const texts = z.record(z.string(), z.string()).default({});
const manifestSchema = z.object({ name: z.string(), version: z.string(), description: z.string().optional(), dependencies: texts, exports: texts });
const manifestOf = (folder: string) => manifestSchema.parse(JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')));
/** What only a browser runs is built already. */
const packages = readdirSync(path.join(root, 'packages'))
  .filter((name) => name !== 'chat')
  .map((name) => `packages/${name}`);
const apps = ['apps/server', 'apps/cli'];
/** What is written against the API alone; the others need a page of their own. */
const examples = readdirSync(path.join(root, 'examples'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `examples/${name}`);
/** What starts the server and opens a browser. */
const launcher = ['serve', 'workbench', 'step', 'checkout', 'child', 'browser', 'environment'].map((name) => `bootstrap/${name}.js`);

if (!existsSync(path.join(root, 'apps', 'web', 'dist', 'index.html'))) throw new Error('The web app is not built: run `npm run build:web` first.');
rmSync(stage, { recursive: true, force: true });
mkdirSync(stage, { recursive: true });
compile();
for (const folder of [...packages, ...apps]) copyRest(folder);
for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md', ...launcher, ...examples, 'apps/server/demo']) copy(file);
renamePathsIn(stage);
copy('apps/web/dist');
for (const folder of packages) bundle(folder);
for (const folder of apps)
  writeJson(path.join(stage, folder, 'package.json'), { name: manifestOf(folder).name, version: manifestOf(folder).version, type: 'module' });
cpSync(path.join(root, 'pack', 'qd.js'), path.join(stage, 'bin', 'qd.js'));
// What a package gives out may not lie under a node_modules of its own.
for (const file of ['index.js', 'index.d.ts']) writeFileSync(path.join(stage, file), "export * from '@quarterdeck/api';\n");
writeJson(path.join(stage, 'package.json'), packageManifest());
mkdirSync(target, { recursive: true });
process.stdout.write(`${path.join(target, npmPack())}\n`);

/** JavaScript and declarations beside each other, in the folders of their sources. */
function compile(): void {
  const config = path.join(root, '.node', 'tsconfig.package.json');
  writeJson(config, {
    extends: '../tsconfig.base.json',
    // Types are checked with everything else.
    compilerOptions: { noCheck: true, noEmit: false, declaration: true, rewriteRelativeImportExtensions: true, rootDir: '..', outDir: './package' },
    include: [...packages, ...apps].map((folder) => `../${folder}/src`),
    exclude: ['../**/*.test.ts', '../**/testing/**', '../**/testdata/**'],
  });
  execFileSync(process.execPath, [path.join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', config], { stdio: 'inherit' });
}

/** What stands beside the sources and is read at run time: prompts, scripts, tables. */
function copyRest(folder: string): void {
  cpSync(path.join(root, folder, 'src'), path.join(stage, folder, 'src'), {
    recursive: true,
    filter: (file) => !/\.(tsx?|snap|py)$|\.golden\.|[/\\](testing|testdata)([/\\]|$)/.test(file),
  });
}

/** Programs that are started by their path have another ending now. */
function renamePathsIn(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.js')) continue;
    const file = path.join(entry.parentPath, entry.name);
    const text = readFileSync(file, 'utf8');
    const renamed = text.replaceAll(/(['"`])((?:\.{1,2}|apps|packages)\/[\w./-]*)\.ts\1/g, '$1$2.js$1').replaceAll(/'main\.ts'/g, "'main.js'");
    if (renamed !== text) writeFileSync(file, renamed);
  }
}

/** A workspace as a dependency that comes along; what it needs itself, the package needs. */
function bundle(folder: string): void {
  const { name, version, exports } = manifestOf(folder);
  const place = path.join(stage, 'node_modules', name);
  mkdirSync(path.dirname(place), { recursive: true });
  renameSync(path.join(stage, folder), place);
  const compiled = Object.entries(exports).filter(([entry]) => !entry.startsWith('./testing'));
  const entries = compiled.map(([entry, file]) => [entry, { types: file.replace(/\.ts$/, '.d.ts'), default: file.replace(/\.ts$/, '.js') }]);
  writeJson(path.join(place, 'package.json'), { name, version, license: 'Apache-2.0', type: 'module', exports: Object.fromEntries(entries) });
}

function packageManifest(): object {
  const { name, version, description } = manifestOf('.');
  const needed = [...packages, ...apps].flatMap((folder) => Object.entries(manifestOf(folder).dependencies));
  const own = needed.filter(([dependency]) => dependency.startsWith('@quarterdeck/'));
  const bundled = packages.map((folder) => manifestOf(folder).name);
  return {
    ...{ name, version, description, license: 'Apache-2.0', type: 'module', engines: { node: '>=24' } },
    bin: { quarterdeck: 'bin/qd.js', qd: 'bin/qd.js' },
    exports: { '.': { types: './index.d.ts', default: './index.js' } },
    dependencies: Object.fromEntries([...needed.filter((each) => !own.includes(each)), ...bundled.map((each) => [each, version])].sort()),
    bundleDependencies: bundled,
  };
}

function copy(file: string): void {
  cpSync(path.join(root, file), path.join(stage, file), { recursive: true });
}

function npmPack(): string {
  const output = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', target], { cwd: stage, encoding: 'utf8' });
  return output.trim().split('\n').at(-1) ?? '';
}

function writeJson(file: string, value: object): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
