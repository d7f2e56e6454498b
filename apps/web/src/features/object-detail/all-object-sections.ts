import { accessSection } from '../access/access-section.ts';
import { dataSection } from '../editor/data-section.ts';
import { yamlSection } from '../editor/yaml-section.ts';
import { logsSection } from '../logs/logs-section.ts';
import { metricsSection } from '../metrics/metrics-section.ts';
import { rolloutsSection } from '../rollouts/rollouts-section.ts';
import { runsSection } from '../runs/runs-section.ts';
import { sizingSection } from '../sizing/sizing-section.ts';
import { topologySection } from '../topology/topology-section.ts';
import type { ObjectSection } from './object-section.ts';
import { eventsSection } from './sections/events-section.ts';
import { historySection } from './sections/history-section.ts';
import { relationsSection } from './sections/relations-section.ts';
import { summarySection } from './sections/summary-section.ts';

/** In the order of the tabs; the first one is what opens. */
export const allObjectSections: readonly ObjectSection[] = [
  summarySection,
  dataSection,
  relationsSection,
  topologySection,
  eventsSection,
  logsSection,
  metricsSection,
  sizingSection,
  rolloutsSection,
  runsSection,
  yamlSection,
  historySection,
  accessSection,
];
