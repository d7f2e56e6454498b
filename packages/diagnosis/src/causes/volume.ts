import type { VolumeFacts } from '../analysers/persistent-volume.ts';
import { type ClaimResizeFacts, claimResizeWaits, type ResizeWaitsFacts } from '../analysers/persistent-volume-claim.ts';
import type { Mechanism } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { ending } from './explain.ts';

const reclaimFails: Mechanism<VolumeFacts> = {
  id: 'volume-reclaim-fails',
  title: (_facts, object) => `PersistentVolume ${object.name} cannot be reclaimed`,
  sentence: (facts, object) => `PersistentVolume ${object.name} was released and could not be reclaimed: ${facts.message}.`,
};

const resizeFails: Mechanism<ClaimResizeFacts> = {
  id: 'claim-resize-fails',
  title: (facts, object) => `PersistentVolumeClaim ${object.name} cannot grow to ${facts.requested}`,
  sentence: (facts, object) => `PersistentVolumeClaim ${object.name} asks for ${facts.requested} but stays at ${facts.capacity}: ${facts.message}.`,
};

const resizeWaits: Mechanism<ResizeWaitsFacts> = {
  id: 'claim-resize-waits',
  title: (facts, object) => `PersistentVolumeClaim ${object.name} has not grown to ${facts.requested}`,
  sentence: (facts, object) =>
    `PersistentVolumeClaim ${object.name} asks for ${facts.requested} and still has ${facts.capacity}: ${
      facts.waitsFor === 'restart'
        ? 'its volume is larger already, but the file system grows only when a pod that uses it is started anew'
        : 'no storage driver takes the expansion up, as its provisioner is not installed, does not run or cannot expand volumes'
    }.`,
};

export const volumeRule = defineRule({
  id: 'volume',
  explains: ['volume-failed', 'claim-resize-failed', claimResizeWaits.code],
  mechanisms: [reclaimFails, resizeFails, resizeWaits],
  *explain(finding) {
    const reason = { rule: 'volume', strength: 'certain', evidence: finding.evidence } as const;
    const message = String(finding.facts.message);
    if (finding.code === 'volume-failed') {
      yield ending(finding, { object: finding.object, mechanism: reclaimFails.id, facts: { message } }, reason);
      return;
    }
    if (finding.code === claimResizeWaits.code) {
      const [requested, capacity] = [String(finding.facts.requested), String(finding.facts.capacity)];
      const facts: ResizeWaitsFacts = { requested, capacity, waitsFor: finding.facts.waitsFor === 'restart' ? 'restart' : 'driver' };
      yield ending(finding, { object: finding.object, mechanism: resizeWaits.id, facts }, reason);
      return;
    }
    const facts: ClaimResizeFacts = { requested: String(finding.facts.requested), capacity: String(finding.facts.capacity), message };
    yield ending(finding, { object: finding.object, mechanism: resizeFails.id, facts }, reason);
  },
});
