import type { MetricName } from '@quarterdeck/contract';
import type { ChartColour } from './theme-colours.ts';

export interface ChartKind {
  id: 'cpu' | 'memory' | 'network' | 'storage';
  metrics: readonly { metric: MetricName; colour: ChartColour }[];
}

const cpu: ChartKind = { id: 'cpu', metrics: [{ metric: 'cpu', colour: 'accent' }] };
const memory: ChartKind = { id: 'memory', metrics: [{ metric: 'memory', colour: 'accent' }] };
const network: ChartKind = {
  id: 'network',
  metrics: [
    { metric: 'networkReceive', colour: 'accent' },
    { metric: 'networkTransmit', colour: 'medium' },
  ],
};
const storage: ChartKind = { id: 'storage', metrics: [{ metric: 'storage', colour: 'accent' }] };

/** In the order in which one looks at them. */
export const allCharts: readonly ChartKind[] = [cpu, memory, network, storage];

/** A claim has nothing but its storage. */
export const claimCharts: readonly ChartKind[] = [storage];
