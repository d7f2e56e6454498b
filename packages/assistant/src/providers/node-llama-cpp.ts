import { access, readdir } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LlamaEngine } from './llama-engine.ts';
import { loadLlama } from './llama-runtime.ts';
import type { ProviderKind } from './provider-kind.ts';
import { provider } from './sdk-provider.ts';
import { BrokenStep, ReportedFailure } from './step-reader.ts';

/** Models in GGUF files, run in this process by a package that the person installed: it is never a dependency of ours. */
export const nodeLlamaCpp: ProviderKind = {
  id: 'node-llama-cpp',
  name: 'node-llama-cpp',
  key: null,
  baseUrl: null,
  baseUrlExample: null,
  suggested: null,
  create(options) {
    const folder = fileURLToPath(options.baseUrl);
    const engine = new LlamaEngine(() => loadLlama(options.module ?? folder, options.id), options.contextWindow);
    return {
      ...provider(nodeLlamaCpp, options, {
        async list() {
          const files = await readdir(folder, { recursive: true }).catch(() => {
            throw new BrokenStep('network', `The folder ${folder} can't be read.`);
          });
          return files.filter((file) => file.endsWith('.gguf')).map((id) => ({ id, contextWindow: options.contextWindow, maxOutput: null, tools: false }));
        },
        async *stream(request, _, signal) {
          yield* engine.stream(await fileOf(folder, request.model), request, signal);
        },
      }),
      close: () => engine.close(),
    };
  },
};

/** Only files of the folder: a name that leads out of it is none. */
async function fileOf(folder: string, model: string): Promise<string> {
  const path = resolve(folder, model);
  const unknown = new ReportedFailure({ code: 'model_not_found' });
  if (!path.startsWith(join(folder, sep))) throw unknown;
  await access(path).catch(() => {
    throw unknown;
  });
  return path;
}
