import { type Change, refTo, routes } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { checkPermission } from './check-permission.ts';

const pod = refTo('Pod', 'shop', 'web');
const node = refTo('Node', null, 'one');
const label: Change = { verb: 'label', target: pod, entries: { a: 'b' }, overwrite: false };
const remove: Change = { verb: 'delete', target: pod };
const cordon: Change = { verb: 'cordon', target: node };
const labelNode: Change = { ...label, target: node };

it.each([
  ['applyChanges', [label], null],
  ['applyChanges', [label, remove], '/api/changes/delete'],
  ['applyChange', [cordon], '/api/nodes/changes'],
  ['applyChanges', [labelNode], '/api/nodes/changes'],
  ['deleteObjects', [remove, { verb: 'evict', target: pod }], null],
  ['deleteObjects', [label], '/api/changes/bulk'],
  ['deleteObjects', [{ verb: 'delete', target: node }], '/api/nodes/changes'],
  ['changeNodes', [cordon, labelNode], null],
  ['changeNodes', [remove], '/api/changes/delete'],
] as const)('%s with %j', (route, changes, instead) => {
  const check = () => checkPermission(changes, routes[route]);
  if (instead === null) expect(check).not.toThrow();
  else expect(check).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR', hint: expect.stringContaining(instead) }));
});
