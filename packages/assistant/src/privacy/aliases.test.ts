import { redactText } from '@quarterdeck/cluster';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aliasPattern } from './alias-table.ts';
import { createPrivacy, type Privacy } from './create-privacy.ts';
import type { KnownName, PrivacySettings } from './privacy-settings.ts';
import { isWellKnown } from './well-known-names.ts';

const nothing: PrivacySettings = { sendClusterMetadata: false, sendResourceNames: false, sendLogs: true, sendPodNames: false };
const all: PrivacySettings = { sendClusterMetadata: true, sendResourceNames: true, sendLogs: true, sendPodNames: true };
const kinds = ['Deployment', 'Service', 'Pod', 'Namespace', 'Node', 'Widget'];

const label = fc
  .stringMatching(/^[a-z][a-z\d]{1,6}(?:-[a-z\d]{1,5}){0,3}$/)
  .filter((name) => redactText(`${name}=a1b2c3d4`) === `${name}=a1b2c3d4` && !isWellKnown(name) && name.length > 2 && !aliasPattern.test(name));
const known = fc.record({
  name: label,
  kind: fc.constantFrom(...kinds),
  leavesWith: fc.constantFrom('sendResourceNames' as const, 'sendClusterMetadata' as const, 'sendPodNames' as const),
});
const between = fc.constantFrom(' ', '\n', '/', '.', ': ', '`', '**', '\n```yaml\n', '"', '=', '-', '_', ', ', ' is in ', '@', ':8080 ');
const textWith = (names: readonly KnownName[]) =>
  fc
    .array(
      fc.tuple(fc.oneof(fc.constantFrom(...names.map(({ name }) => name)), fc.constantFrom('why', 'Pod', 'READY', '10.0.0.7', 'svc.cluster.local')), between),
      { maxLength: 20 },
    )
    .map((parts) => parts.flat().join(''));
const named = fc.array(known, { minLength: 1, maxLength: 12 }).chain((names) => fc.tuple(fc.constant(names), textWith(names)));

/** As it was before: what is hidden of a text is no name. */
const seal = (privacy: Privacy, text: string) => privacy.seal(text);

function inStream(privacy: Privacy, text: string, cuts: readonly number[]): string {
  const opener = privacy.opener();
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((one, other) => one - other);
  return places.map((place, index) => opener.push(text.slice(places[index - 1] ?? 0, place))).join('') + opener.end();
}

describe('aliases', () => {
  it('are opened to the very text that was sealed, also in a stream that is cut anywhere', () => {
    fc.assert(
      fc.property(named, fc.array(fc.nat(2_000), { maxLength: 30 }), ([names, text], cuts) => {
        const privacy = createPrivacy({ settings: nothing, names });
        const sent = seal(privacy, text);
        expect(privacy.open(sent)).toBe(text);
        expect(inStream(privacy, sent, cuts)).toBe(text);
        expect(seal(privacy, sent)).toBe(sent);
      }),
      { numRuns: 500 },
    );
  });

  it('leave no name in what is sent, in one place or another', () => {
    fc.assert(
      fc.property(named, ([names, text]) => {
        const sent = seal(
          createPrivacy({ settings: nothing, names }),
          `${text} ${names.map(({ name }) => `${name}.x ${name.toUpperCase().replaceAll('-', '_')}_PORT`).join(' ')}`,
        );
        const bare = sent.replace(aliasPattern, '');
        for (const { name } of names) expect(bare).not.toMatch(new RegExp(`(?<![A-Za-z\\d])${name}(?![A-Za-z\\d])`));
      }),
      { numRuns: 500 },
    );
  });

  it('never collide, and are no name of anything', () => {
    const names = Array.from({ length: 20_000 }, (_, index): KnownName => ({ name: `name-${index}`, kind: 'Pod', leavesWith: 'sendPodNames' }));
    const privacy = createPrivacy({ settings: nothing, names });
    for (const { name } of names) seal(privacy, name);
    const { entries } = privacy.saved();
    expect(new Set(entries.map(({ alias }) => alias)).size).toBe(20_000);
    const taken = createPrivacy({
      settings: nothing,
      aliases: { ...privacy.saved(), entries: [] },
      names: entries.slice(0, 50).map(({ alias: name }) => ({ name, kind: 'Pod', leavesWith: 'sendPodNames' as const })),
    });
    taken.know(names.slice(0, 50));
    for (const { name, alias } of entries.slice(0, 50)) expect(seal(taken, name)).not.toBe(alias);
  });

  it('stay the same over a conversation that was stored in between', () => {
    const names: KnownName[] = [{ name: 'checkout', kind: 'Deployment', leavesWith: 'sendResourceNames' }];
    const first = createPrivacy({ settings: nothing, names });
    const sent = seal(first, 'checkout fails');
    const later = createPrivacy({ settings: nothing, names, aliases: JSON.parse(JSON.stringify(first.saved())) });
    expect(seal(later, 'checkout fails')).toBe(sent);
    expect(createPrivacy({ settings: nothing, aliases: first.saved() }).open(`\`\`\`sh\nkubectl logs deploy/${sent.split(' ')[0]}\n\`\`\``)).toContain(
      'deploy/checkout\n',
    );
  });

  it('keep what hangs together together: hosts, variables, pods of a workload', () => {
    const names: KnownName[] = [
      { name: 'checkout', kind: 'Service', leavesWith: 'sendResourceNames' },
      { name: 'shop-eu', kind: 'Namespace', leavesWith: 'sendResourceNames' },
      { name: 'checkout-7d9f8-abcde', kind: 'Pod', leavesWith: 'sendPodNames' },
    ];
    const privacy = createPrivacy({ settings: { ...all, sendResourceNames: false }, names });
    const text = 'checkout.shop-eu.svc:80, CHECKOUT_SERVICE_HOST, checkout-7d9f8-abcde, kube-system, default';
    const [host = ''] = seal(privacy, 'checkout').split(' ');
    expect(seal(privacy, text)).toMatch(
      new RegExp(`^${host}\\.ns-\\w{6}\\.svc:80, ${host.toUpperCase().replace('-', '_')}_SERVICE_HOST, ${host}-7d9f8-abcde, kube-system, default$`),
    );
    expect(privacy.open(seal(privacy, text))).toBe(text);
    expect(seal(createPrivacy({ settings: { ...all, sendPodNames: false }, names }), text)).toMatch(
      /^checkout\.shop-eu\.svc:80, CHECKOUT_SERVICE_HOST, pod-\w{6}, /,
    );
  });

  it('stand for addresses and people as well', () => {
    const privacy = createPrivacy({
      settings: { ...all, sendClusterMetadata: false },
      names: [{ name: 'arn:aws:eks:eu:1:cluster/prod', kind: 'Cluster', leavesWith: 'sendClusterMetadata' }],
    });
    const text =
      'dial tcp 10.1.2.3:5432 by ann@example.com on arn:aws:eks:eu:1:cluster/prod, not 127.0.0.1 at 10:04:05, via fd00:10::7 and [fd00::12]:443 of abc::def';
    const sent = seal(privacy, text);
    expect(sent).toMatch(/^dial tcp ip-\w{6}:5432 by mail-\w{6} on cl-\w{6}, not 127\.0\.0\.1 at 10:04:05, via ip-\w{6} and \[ip-\w{6}\]:443 of abc::def$/);
    expect(privacy.open(sent)).toBe(text);
  });
});
