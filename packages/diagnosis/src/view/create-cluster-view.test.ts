import { refTo } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { ago, answersTo, fromYaml, logAnswer, testView } from '../testing/index.ts';

const workload = fromYaml(`
kind: Deployment
metadata: {name: api}
---
kind: ReplicaSet
metadata: {name: api-5d4f, ownerReferences: [{kind: Deployment, name: api}]}
---
kind: Pod
metadata: {name: api-5d4f-x2, ownerReferences: [{kind: ReplicaSet, name: api-5d4f}], labels: {pod-template-hash: 5d4f}}
---
kind: CronJob
metadata: {name: nightly}
---
kind: Job
metadata: {name: nightly-1, ownerReferences: [{kind: CronJob, name: nightly}]}
---
kind: Pod
metadata: {name: nightly-1-a, ownerReferences: [{kind: Job, name: nightly-1}]}
---
kind: Pod
metadata: {name: etcd-n1, ownerReferences: [{kind: Node, name: n1}]}
`);

describe('createClusterView', () => {
  it('walks owners up to what a person writes and down to the pods', () => {
    const { view } = testView(workload);
    expect(view.topOwner(refTo('Pod', 'shop', 'api-5d4f-x2'))).toEqual(refTo('Deployment', 'shop', 'api'));
    expect(view.topOwner(refTo('Pod', 'shop', 'nightly-1-a'))).toEqual(refTo('CronJob', 'shop', 'nightly'));
    expect(view.topOwner(refTo('Pod', 'shop', 'etcd-n1'))).toEqual(refTo('Pod', 'shop', 'etcd-n1'));
    expect(view.podsOf(refTo('CronJob', 'shop', 'nightly')).map((pod) => pod.metadata.name)).toEqual(['nightly-1-a']);
    expect(view.podsOf(refTo('Deployment', 'shop', 'api')).map((pod) => pod.metadata.name)).toEqual(['api-5d4f-x2']);
  });

  it('names the Deployment where ReplicaSets may not be read', () => {
    const { view } = testView(
      workload.filter((object) => object.kind !== 'ReplicaSet'),
      { coverage: { ReplicaSet: 'forbidden' } },
    );
    expect(view.topOwner(refTo('Pod', 'shop', 'api-5d4f-x2'))).toEqual(refTo('Deployment', 'shop', 'api'));
  });

  it('calls missing only what it would have seen', () => {
    const other = fromYaml('kind: Namespace\nmetadata: {name: other}');
    const { view } = testView([...workload, ...other], { scope: ['shop'], coverage: { Secret: 'forbidden' } });
    expect(view.isMissing(refTo('ConfigMap', 'shop', 'gone'))).toBe(true);
    expect(view.isMissing(refTo('ConfigMap', 'other', 'gone'))).toBe(false);
    expect(view.isMissing(refTo('Secret', 'shop', 'gone'))).toBe(false);
    expect(view.isMissing(refTo('StorageClass', null, 'gone'))).toBe(true);
    expect(view.isMissing(refTo('Deployment', 'shop', 'api'))).toBe(false);
    expect(view.isMissing({ apiVersion: 'unread.k8s.io/v1', kind: 'Deployment', namespace: 'shop', name: 'x' })).toBe(false);
  });

  it('knows that a namespace which does not exist holds nothing, as far as namespaces were read', () => {
    const scope = ['shop'];
    expect(testView(workload, { scope }).view.isMissing(refTo('Service', 'nowhere', 'db'))).toBe(true);
    expect(testView(workload, { scope, coverage: { Namespace: 'forbidden' } }).view.isMissing(refTo('Service', 'nowhere', 'db'))).toBe(false);
  });

  it('gives an object its own events, newest first, and none of an earlier one of that name', () => {
    const events = fromYaml(`
kind: Event
metadata: {name: old}
involvedObject: {kind: Pod, namespace: shop, name: api-5d4f-x2, uid: an-earlier-pod}
lastTimestamp: ${ago(10)}
reason: Killing
---
kind: Event
metadata: {name: by-uid}
involvedObject: {kind: Pod, namespace: shop, name: api-5d4f-x2, uid: uid-Pod-api-5d4f-x2}
firstTimestamp: ${ago(90)}
lastTimestamp: ${ago(60)}
count: 4
reason: BackOff
---
kind: Event
metadata: {name: series}
involvedObject: {kind: Pod, namespace: shop, name: api-5d4f-x2}
eventTime: ${ago(50)}
lastTimestamp: null
series: {count: 7, lastObservedTime: '${ago(20)}'}
reason: Unhealthy
`);
    const { view } = testView([...workload, ...events]);
    const seen = view.events(refTo('Pod', 'shop', 'api-5d4f-x2'));
    expect(seen.map((event) => [event.reason, event.count, event.at])).toEqual([
      ['Unhealthy', 7, Date.parse(ago(20))],
      ['BackOff', 4, Date.parse(ago(60))],
    ]);
  });

  it('keeps the questions that have no answer yet, each once', () => {
    const log = { need: 'log', namespace: 'shop', pod: 'a', container: 'c', previous: false, lines: 50 } as const;
    const shape = { need: 'secretShape', namespace: 'shop', name: 's' } as const;
    const { view, openQuestions } = testView([], { answers: answersTo([log, logAnswer(['boom'])]) });
    expect(view.ask<'log'>(log)).toMatchObject({ state: 'answered', value: [{ text: 'boom' }] });
    expect([view.ask<'secretShape'>(shape), view.ask<'secretShape'>(shape)]).toEqual([undefined, undefined]);
    expect(openQuestions()).toEqual([shape]);
  });
});
