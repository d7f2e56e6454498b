import { type HelmObject, type HelmRelease, refLabel } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { helmInput, helmOptions, outputInput, outputOption, release } from '../helm/helm-options.ts';
import { printable } from '../output/printable.ts';
import { structured } from '../output/structured.ts';
import { textTable } from '../output/text-table.ts';

export const helmStatus = defineCommand({
  name: 'helm status',
  summary: 'Show which objects of a release are there, and how they are',
  input: z.object({ ...helmInput, release, output: outputInput }),
  arguments: { release: 'Name of the release' },
  options: { output: outputOption, ...helmOptions },
  examples: [['helm status web -n shop', 'what of it is missing or broken']],
  async run(input, context) {
    const { withRelease } = await import('../helm/with-releases.ts');
    return withRelease(input, context, async (releases, target) => {
      const [found, objects] = await Promise.all([releases.release(target, null, context.signal), releases.objects(target, context.now(), context.signal)]);
      context.out.write(input.output === undefined ? text(found, objects) : structured(objects, input.output));
      return 0;
    });
  },
});

function text({ name, namespace, revision, status, chart, description }: HelmRelease, objects: readonly HelmObject[]): string {
  const heading = `${namespace}/${name}: revision ${revision} of ${chart.name}-${chart.version}, ${status}${description === null ? '' : ` (${description})`}`;
  const rows = objects.map(({ object, state, health, reason, differences }) => [
    refLabel(object),
    differences.length === 0 ? state : 'changed',
    health?.text ?? reason ?? '',
  ]);
  const changed = objects.flatMap(({ object, differences }) =>
    differences.map(({ path, wanted, found }) => [refLabel(object), path, `${wanted} → ${found ?? '(gone)'}`]),
  );
  const since = changed.length === 0 ? '' : `\nNot as the release says:\n${textTable([['OBJECT', 'FIELD', 'WANTED → FOUND'], ...changed])}`;
  return `${printable(heading)}\n\n${textTable([['OBJECT', 'STATE', 'HEALTH'], ...rows])}${since}`;
}
