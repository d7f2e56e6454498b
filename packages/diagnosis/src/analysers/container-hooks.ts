import { type AnyAnalyser, defineAnalyser, defineCode } from '../model/analyser.ts';
import { containersOf, hasSettled, isLive } from '../pods/containers.ts';
import { eventEvidence, fieldEvidence } from '../pods/evidence.ts';
import { podRef, severityFor } from '../pods/workload.ts';

export type HookFacts = { container: string; hook: string; message: string };

export const containerHookFailed = defineCode<HookFacts>({
  code: 'container-hook-failed',
  title: 'Start hook of a container fails',
  documentation:
    'The container started, but its postStart hook failed, so the kubelet kills and restarts it again and again. The program itself may be well; its exit code then only tells of the kill.',
  silentWhen: 'The hook failed once and a later start succeeded, or a preStop hook failed while the pod was ending anyway.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 60,
  message: (facts) => `Container ${facts.container} is killed because its postStart hook fails: ${facts.message}`,
});

const recentMs = 10 * 60_000;

export const containerHooks: AnyAnalyser = defineAnalyser({
  id: 'container-hooks',
  kind: 'Pod',
  reads: ['Event', 'ReplicaSet', 'Job'],
  codes: [containerHookFailed],
  *analyse(pod, view) {
    const hooked = isLive(pod) ? containersOf(pod).filter(({ spec, status }) => spec.lifecycle?.postStart !== undefined && status !== undefined) : [];
    if (hooked.length === 0) return;
    const events = view.events(podRef(pod)).filter(({ reason, at }) => reason === 'FailedPostStartHook' && !view.passed(at + recentMs));
    for (const { name, spec, status, path } of hooked) {
      const event = events.find(({ message }) => hooked.length === 1 || message.includes(`"${name}"`)) ?? events[0];
      if (event === undefined || status === undefined || hasSettled(status, view)) continue;
      const object = podRef(pod);
      const { exec, httpGet } = spec.lifecycle?.postStart ?? {};
      const hook = exec?.command?.join(' ') ?? `HTTP GET ${httpGet?.path ?? '/'} on port ${httpGet?.port ?? ''}`;
      yield {
        code: containerHookFailed.code,
        object,
        discriminator: name,
        severity: severityFor(pod, view),
        since: event.firstAt,
        facts: { container: name, hook, message: event.message.trim() },
        evidence: [
          eventEvidence(event, { container: name, decisive: true }),
          fieldEvidence(object, `spec.${path}.lifecycle.postStart`, hook, { container: name }),
        ],
      };
    }
  },
});
