import type { Amounts, StepDraft, WorkloadSizeAdvice } from '@quarterdeck/contract';
import { type MeasuredSize, measureSize, type SizedObject, type SizeFacts, sizePeriod } from './measure-size.ts';
import { costText, type ResourcePrices } from './size-cost.ts';

/** The size of a workload with the change that sets it, for whoever shows it. */
export async function sizeReport(
  ref: SizedObject,
  { prices, ...facts }: SizeFacts & { prices: ResourcePrices | null },
  signal: AbortSignal,
): Promise<WorkloadSizeAdvice> {
  const found = await measureSize(ref, facts, signal);
  if ('state' in found) return { state: 'unmeasured', reason: found.reason, remedy: found.remedy };
  const { size, advice, pod } = found;
  return {
    state: 'measured',
    known: size.known,
    days: sizePeriod.length / 86_400,
    samples: { cpu: size.cpu.length, memory: size.memory.length },
    peak: advice.peak,
    containers: pod.containers.map(({ name }) => name),
    now: { requests: size.requests, limits: size.limits, replicas: size.replicas },
    advised: { requests: advice.requests, limits: { cpu: size.limits.cpu, memory: advice.limits.memory }, replicas: advice.replicas },
    remarks: advice.remarks,
    freed: advice.freed,
    cost: costText(size, advice, prices),
    steps: stepsTo(ref, found),
  };
}

/** Requests and limit in one step, replicas in another; what several containers share, a person divides. */
function stepsTo(ref: SizedObject, { size, advice, pod }: MeasuredSize): StepDraft[] {
  const [container, another] = pod.containers;
  const { requests, limits } = advice;
  const resized = !same(size.requests, requests) || size.limits.memory !== limits.memory;
  // A request above the limit of the same container is refused.
  const cpu = Math.min(requests.cpu, size.limits.cpu ?? requests.cpu);
  const resources = { requests: { cpu: coresText(cpu), memory: memoryText(requests.memory) }, limits: { memory: memoryText(limits.memory) } };
  const steps: StepDraft[] = [];
  if (container !== undefined && another === undefined && resized) {
    const patch = { spec: { template: { spec: { containers: [{ name: container.name, resources }] } } } };
    steps.push({ change: { verb: 'patch', target: ref, patchType: 'strategic', patch } });
  }
  if (advice.replicas !== size.replicas && !size.autoscaled && ref.kind !== 'DaemonSet') {
    steps.push({ change: { verb: 'scale', target: ref, replicas: advice.replicas, currentReplicas: size.replicas } });
  }
  return steps;
}

function same(now: Amounts, wanted: { cpu: number; memory: number }): boolean {
  return now.cpu !== null && Math.abs(now.cpu - wanted.cpu) < 1e-6 && now.memory === wanted.memory;
}

export function coresText(cores: number): string {
  return `${Math.round(cores * 1000)}m`;
}

export function memoryText(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)}Mi`;
}
