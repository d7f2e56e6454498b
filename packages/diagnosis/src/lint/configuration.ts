import { formatBytes } from '../scheduling/quantity.ts';
import { defineLint } from './define-lint.ts';

export const configMapLarge = defineLint({
  code: 'config-map-large',
  title: 'ConfigMap near the limit of 1 MiB',
  documentation: 'The API server refuses a ConfigMap above 1 MiB: one more line and the next apply fails. Split it, or put the data into a volume or an image.',
  severity: 'low',
  silentWhen: 'It is smaller than the threshold configMapSize.',
  kind: 'ConfigMap',
  *check({ data, binaryData }, _view, { thresholds }) {
    const size = [...Object.entries(data ?? {}), ...Object.entries(binaryData ?? {})].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
    if (size >= thresholds.configMapSize) yield { path: 'data', message: `It holds ${formatBytes(size)} of 1Mi.` };
  },
});

export const configMapEmpty = defineLint({
  code: 'config-map-empty',
  title: 'ConfigMap without a key',
  documentation: 'Who mounts it gets an empty folder. Often a generator that found no files.',
  severity: 'info',
  silentWhen: 'It carries annotations, in which leaders and operators keep what they need.',
  kind: 'ConfigMap',
  *check({ data, binaryData, metadata }) {
    if (Object.keys(data ?? {}).length + Object.keys(binaryData ?? {}).length === 0 && Object.keys(metadata.annotations ?? {}).length === 0)
      yield { path: 'data', message: 'It has no key.' };
  },
});

export const configurationChecks = [configMapLarge, configMapEmpty];
