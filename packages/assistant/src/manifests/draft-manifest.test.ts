import { healthyCluster } from '@quarterdeck/diagnosis/testing';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../model/model-error.ts';
import { createPrivacy } from '../privacy/create-privacy.ts';
import { defaultPrivacySettings } from '../privacy/privacy-settings.ts';
import { type ScriptedStep, scriptedModel } from '../testing/scripted-model.ts';
import { testCluster } from '../testing/test-cluster.ts';
import { draftManifest } from './draft-manifest.ts';
import { readManifestDraft } from './manifest-draft.ts';

const { signal } = new AbortController();
const surroundings = { version: 'v1.35.0', storageClasses: ['fast'], ingressClasses: [] };

async function drafted(description: string, ...script: readonly ScriptedStep[]) {
  const model = scriptedModel(...script);
  const names = [{ name: 'shop', kind: 'Namespace', leavesWith: 'sendResourceNames' }] as const;
  const privacy = createPrivacy({ settings: { ...defaultPrivacySettings, sendResourceNames: false }, names });
  const { access } = testCluster(healthyCluster());
  const task = { access, description, namespace: 'shop', surroundings, rounds: 2 };
  return { ...(await draftManifest(task, { models: model.chain, privacy, mark: 'MARK' }, signal)), asked: model.asked };
}

const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  LEVEL: info\n';
const privileged = `apiVersion: v1
kind: Pod
metadata: {name: tool}
spec:
  containers:
    - name: tool
      image: tool:1
      securityContext: {privileged: true}
`;
const answer = (...manifests: string[]) => JSON.stringify({ manifests, assumptions: ['The level is info.'] });

describe('a manifest of a model', () => {
  it('is of the strict form, in the namespace that is meant, with what it assumed', async () => {
    const { manifest, model, refused, asked } = await drafted('settings for a thing', answer(settings));
    expect([model, refused, asked.length]).toEqual(['scripted/one', null, 1]);
    expect(manifest).toMatchObject({
      objects: [{ kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data: { LEVEL: 'info' } }],
      ...{ template: null, model: 'scripted/one', parameters: [{ value: 'The level is info.', said: false }] },
    });
  });

  it('is asked for again with what is wrong with its form, then with what the checks say, and repaired at last', async () => {
    const { manifest, asked } = await drafted('a tool', 'Here you are.', answer(privileged), answer(privileged));
    expect(asked).toHaveLength(3);
    expect(asked[1]?.messages.at(-1)?.text).toMatch(/MARK what was found\nThe answer/);
    expect(asked[2]?.messages.at(-1)?.text).toMatch(/Pod tool, spec\.containers\[0\]\S*: .*\(advice\)/);
    expect(manifest?.repaired).toEqual(expect.arrayContaining([expect.stringContaining('requests and a memory limit')]));
    expect(manifest?.problems.map(({ code }) => code)).toContain('privileged-container');
  });

  it('is given up where no answer is of the form, or the model fails', async () => {
    const never = await drafted('a thing', '{"manifests": ["a: [", "kind: x"], "assumptions": []}');
    expect([never.manifest, never.asked.length]).toEqual([null, 3]);
    expect(never.refused).toMatch(/Manifest 1 is no YAML.*Manifest 2, apiVersion/);
    const failed = await drafted('a thing', [new ModelError('auth', 'The key is wrong.', { provider: 'scripted', hint: 'Set another.' })]);
    expect(failed).toMatchObject({ manifest: null, model: null, refused: expect.stringContaining('The key is wrong.') });
  });

  it('never sees a secret of the description, and says where it belongs', async () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {PASSWORD: "PLACE"}\n';
    const { manifest, asked } = await drafted('a secret login for shop with PASSWORD=hunter2hunter2', (request) => {
      const [, hidden = ''] = /PASSWORD=(\S+)/.exec(JSON.stringify(request.messages)) ?? [];
      const text = answer(secret.replace('PLACE', hidden.replace(/\\n.*/, '')));
      return [
        { type: 'text', text },
        { type: 'finish', reason: 'stop', usage: { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: null }, model: 'one' },
      ];
    });
    expect(JSON.stringify(asked)).not.toMatch(/hunter2|\bshop\b/);
    expect(manifest?.problems).toContainEqual(expect.objectContaining({ code: 'value-withheld', advice: false, object: 'Secret login' }));
  });

  it('sends what was reviewed', async () => {
    const { asked } = await drafted('settings for a thing', answer(settings));
    const renamed = JSON.stringify(asked, null, 1).replaceAll(/\bns-[a-z0-9]{6}\b/g, 'ALIAS');
    await expect(`${renamed}\n`).toMatchFileSnapshot('sent.golden.json');
  });
});

describe('what a model may not write', () => {
  it.each([
    ['status', `${settings}status: {ready: true}\n`, /Manifest 1, status/],
    ['owners', settings.replace('name: settings', 'name: settings\n  ownerReferences: []'), /Manifest 1, metadata/],
    ['anchors', 'apiVersion: v1\nkind: ConfigMap\nmetadata: &m {name: a}\ndata: *m\n', /no YAML of one object/],
    ['two objects in one', `${settings}---\n${settings}`, /no YAML of one object/],
  ])('%s', (_, text, fault) => expect(readManifestDraft({ manifests: [text], assumptions: [] }, 'shop')).toEqual([expect.stringMatching(fault)]));

  it('one object twice, nothing at all, or a form of its own', () => {
    expect(readManifestDraft({ manifests: [settings, settings], assumptions: [] }, 'shop')).toEqual(['ConfigMap settings is there twice.']);
    expect(readManifestDraft({ manifests: [], assumptions: [] }, 'shop')).toHaveLength(1);
    expect(readManifestDraft({ manifests: [settings], assumptions: [], shell: 'rm' }, 'shop')).toHaveLength(1);
  });
});
