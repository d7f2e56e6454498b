import { kindName, kindSlug, pluralLabel } from '../features/objects/object-key.ts';
import { always, type Command, type CommandSource } from './command.ts';

/** k9s and kubectl users reach for these; the rest is found by name or short name in the palette. */
const keys: Record<string, string> = { Pod: 'g p', 'Deployment.apps': 'g d', Service: 'g s', Node: 'g n' };

export const goToKind: CommandSource = (context) =>
  context.kinds.map((kind): Command => {
    const name = kindName(kind);
    const shortcut = keys[name];
    return {
      id: `go-to-kind:${name}`,
      label: pluralLabel(kind),
      group: 'kinds',
      keywords: [kind.kind, ...kind.shortNames, kind.apiVersion],
      shortcuts: shortcut === undefined ? [] : [shortcut],
      when: always,
      run: (later) => later.go.kind(kindSlug(kind, later.kinds)),
    };
  });
