import type { Amounts } from '@quarterdeck/contract';

/** What one pod of a workload uses, asks for and may use. Cores and bytes. */
export interface PodSize {
  /** Values of one pod: over time, or of the present alone, which says nothing of its peaks. */
  known: 'history' | 'present';
  cpu: readonly number[];
  memory: readonly number[];
  requests: Amounts;
  limits: Amounts;
  replicas: number;
  /** Whether an autoscaler sets the replicas. */
  autoscaled: boolean;
  /** Whether a Service sends it traffic. */
  served: boolean;
}

export interface SizeAdvice {
  requests: { cpu: number; memory: number };
  /** Memory alone: a CPU limit slows a program down and protects nobody that a request does not. */
  limits: { memory: number };
  /** As many as there are, or two where that serves better. */
  replicas: number;
  remarks: string[];
  /** What was seen of one pod: nearly the most of CPU, the most of memory. */
  peak: { cpu: number; memory: number };
  /** What all replicas would ask for less (or, negative, more). Null where nothing is asked for now. */
  freed: Amounts;
}

/** Room above what was seen: CPU above nearly all of it, memory above the most, for whoever has too little is killed. */
const room = { cpu: 1.15, memory: 1.15, memoryLimit: 1.3 };
const least = { cpu: 0.01, memory: 16 * 2 ** 20 };
/** Where the most is so many times the usual, one number does not fit. */
const unsteady = 4;
/** Below this share of its request a workload has replicas to spare. */
const idle = 0.15;

/** Requests and a memory limit from what was measured, and what else follows. Pure. */
export function sizeAdvice(size: PodSize): SizeAdvice {
  // What is not known to be too much is not taken away.
  const floor =
    size.known === 'present'
      ? { request: size.requests.memory ?? 0, cpu: size.requests.cpu ?? 0, limit: size.limits.memory ?? 0 }
      : { request: 0, cpu: 0, limit: 0 };
  const peak = { cpu: percentile(size.cpu, 0.95), memory: Math.max(0, ...size.memory) };
  const requests = {
    cpu: Math.max(floor.cpu, roundCpu(Math.max(least.cpu, peak.cpu * room.cpu))),
    memory: Math.max(floor.request, roundMemory(Math.max(least.memory, peak.memory * room.memory))),
  };
  const limits = { memory: Math.max(requests.memory, floor.limit, roundMemory(peak.memory * room.memoryLimit)) };
  const freed = (have: number | null, want: number) => (have === null ? null : (have - want) * size.replicas);
  return {
    ...{ requests, limits, replicas: isLonely(size) || isCrowd(size, peak) ? 2 : size.replicas, remarks: remarksOn(size, peak), peak },
    freed: { cpu: freed(size.requests.cpu, requests.cpu), memory: freed(size.requests.memory, requests.memory) },
  };
}

function isLonely({ replicas, served }: PodSize): boolean {
  return replicas === 1 && served;
}

function isCrowd({ requests, replicas, autoscaled }: PodSize, peak: { cpu: number }): boolean {
  return replicas > 2 && requests.cpu !== null && peak.cpu < requests.cpu * idle && !autoscaled;
}

function remarksOn(size: PodSize, peak: { cpu: number; memory: number }): string[] {
  const { cpu, requests, limits, replicas, autoscaled } = size;
  const isUnsteady = peak.cpu > least.cpu * 5 && peak.cpu > unsteady * percentile(cpu, 0.5);
  const remarks: (string | false)[] = [
    limits.memory === null && 'It has no memory limit: a leak takes the node down with it.',
    limits.memory !== null && peak.memory > limits.memory * 0.9 && 'It comes within 10 % of its memory limit: above it is killed.',
    requests.memory !== null &&
      peak.memory > requests.memory * 1.2 &&
      'It uses more memory than it asks for: when its node runs short it is among the first to be evicted.',
    limits.cpu !== null && peak.cpu > limits.cpu * 0.8 && 'It comes near its CPU limit, where it is slowed down; a request without a limit serves better.',
    isLonely(size) && 'One replica behind a Service: nobody answers while it is replaced. Two are the least.',
    isCrowd(size, peak) && `${replicas} replicas use less than ${idle * 100} % of the CPU that they ask for: fewer may do, two for availability.`,
    isUnsteady && !autoscaled && 'Its load swings: an autoscaler follows it better than a fixed number of replicas.',
  ];
  return remarks.filter((remark) => remark !== false);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Up to a step that people write: 5m up to 100m, then 50m. */
function roundCpu(cores: number): number {
  const step = cores <= 0.1 ? 0.005 : 0.05;
  return Math.ceil(cores / step - 1e-9) * step;
}

/** 16Mi up to 256Mi, then 64Mi. */
function roundMemory(bytes: number): number {
  const mebi = 2 ** 20;
  const step = (bytes <= 256 * mebi ? 16 : 64) * mebi;
  return Math.ceil(bytes / step) * step;
}
