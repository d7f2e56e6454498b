import type { CopyProgress, CopyResult, FilePlace, Transport } from '@quarterdeck/cluster';
import { AppError, defaultDebugImage } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import type { CommandContext, Output } from '../context.ts';
import { withActs } from '../ledger/with-acts.ts';
import { printable } from '../output/printable.ts';
import { type CopySpec, parseCopySpec } from '../terminal/copy-spec.ts';
import { type PodUse, withPod } from '../terminal/open-pod.ts';

const input = z.object({
  kubeconfig: clusterInput.kubeconfig,
  context: clusterInput.context,
  source: z.string().min(1),
  destination: z.string().min(1),
  container: z.string().min(1).optional(),
  namespace: z.string().min(1).optional(),
  viaDebug: z.boolean().default(false),
  image: z.string().min(1).default(defaultDebugImage),
});
type Typed = z.output<typeof input>;

export const cp = defineCommand({
  name: 'cp',
  summary: 'Copy files into or out of a container',
  description:
    'Modes, times and links are kept, owners are not. Needs `tar` in the container, or --via-debug. Ends with 1 when something was left out; what and why is told.',
  input,
  arguments: { source: 'PATH, POD:PATH or NAMESPACE/POD:PATH', destination: 'The same; one of both is in a pod' },
  options: {
    container: { short: 'c', value: 'name', description: "The container (default: the pod's annotation, else its first)" },
    viaDebug: { description: 'Through a debug container, for a container without tar' },
    image: { value: 'image', description: `With --via-debug, an image with sh and tar (default: ${defaultDebugImage})` },
    namespace: { short: 'n', value: 'name', description: "The namespace (default: the context's)" },
    kubeconfig: clusterOptions.kubeconfig,
    context: clusterOptions.context,
  },
  examples: [
    ['cp web-1:/var/log/app ./app-logs', 'a folder out of a pod'],
    ['cp ./fix.conf shop/web-1:/etc/app/ -c main', 'a file into one'],
    ['cp distroless-1:/data ./data --via-debug', 'where there is no tar'],
  ],
  async run({ source, destination, namespace, ...typed }, context) {
    const [from, to] = [parseCopySpec(source), parseCopySpec(destination)];
    const remote = remoteOf(from, to);
    return withPod(remote.pod, { ...typed, namespace: remote.namespace ?? namespace }, context, async (pod) => {
      const progress = progressLine(context.err);
      const { downloadDraft, recordAct, uploadDraft } = await import('@quarterdeck/cluster');
      const place = { namespace: pod.namespace, pod: pod.pod, container: typed.container, path: remote.path };
      const run = () => copyVia(pod, typed, context, (container) => copy(pod.api, container, { from, to }, context, progress.tell)).finally(progress.end);
      const detail = ({ files, bytes, skippedTotal }: CopyResult) => ({ detail: { files, bytes, leftOut: skippedTotal } });
      const result = await withActs(context, pod.access.id, (acts) =>
        recordAct(acts, from.pod === null ? uploadDraft(place) : downloadDraft(place), run, detail),
      );
      return report(result, context);
    });
  },
});

function remoteOf(from: CopySpec, to: CopySpec): CopySpec & { pod: string } {
  for (const [one, other] of [
    [from, to],
    [to, from],
  ] as const) {
    if (one.pod !== null && other.pod === null) return { ...one, pod: one.pod };
  }
  throw new AppError('VALIDATION_ERROR', from.pod === null ? 'Neither end of the copy is in a pod.' : 'Both ends of the copy are in pods.', {
    hint: 'Write one as POD:PATH and the other as a path on this machine.',
  });
}

/** In the container itself, or in a debug container that sees its files and goes after. */
async function copyVia(
  { api, namespace, pod }: PodUse,
  { viaDebug, container, image }: Pick<Typed, 'viaDebug' | 'container' | 'image'>,
  { err, signal }: CommandContext,
  use: (place: FilePlace) => Promise<CopyResult>,
): Promise<CopyResult> {
  if (!viaDebug) return use({ namespace, pod, container });
  const { viaDebugContainer } = await import('@quarterdeck/cluster');
  const onWaiting = (reason: string) => err.write(`Waiting: ${reason}\n`);
  const { place, release } = await viaDebugContainer(api, { namespace, pod, container, image, onWaiting, signal });
  try {
    return await use(place);
  } finally {
    await release();
  }
}

async function copy(
  api: Transport,
  place: FilePlace,
  { from, to }: { from: CopySpec; to: CopySpec },
  { signal }: CommandContext,
  onProgress: (progress: CopyProgress) => void,
): Promise<CopyResult> {
  const { copyFromPod, copyToPod } = await import('@quarterdeck/cluster');
  if (from.pod !== null) return copyFromPod(api, { ...place, path: from.path, destination: to.path, onProgress, signal });
  return copyToPod(api, { ...place, source: from.path, path: to.path, onProgress, signal });
}

const shown = 20;

function report({ files, folders, links, bytes, skipped, skippedTotal }: CopyResult, { err }: CommandContext): number {
  for (const { name, reason } of skipped.slice(0, shown)) err.write(`qd: left out ${printable(name)}: ${printable(reason)}\n`);
  if (skippedTotal > shown) err.write(`qd: and ${skippedTotal - shown} more were left out\n`);
  if (err.columns !== null) err.write(`${files} files, ${folders} folders, ${links} links, ${sizeText(bytes)}\n`);
  return skippedTotal === 0 ? 0 : 1;
}

/** Milliseconds between two drawings. */
const drawEvery = 100;

/** One line on a terminal that is drawn again; nothing elsewhere. */
function progressLine(err: Output): { tell(progress: CopyProgress): void; end(): void } {
  let drawn = 0;
  return {
    tell({ bytes, files, current }) {
      if (err.columns === null || Date.now() - drawn < drawEvery) return;
      drawn = Date.now();
      err.write(`\r\x1b[K${`${sizeText(bytes)}, ${files} files  ${printable(current)}`.slice(0, err.columns - 1)}`);
    },
    end() {
      if (drawn > 0) err.write('\r\x1b[K');
    },
  };
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const power = Math.min(4, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(1)} ${['B', 'KiB', 'MiB', 'GiB', 'TiB'][power]}`;
}
