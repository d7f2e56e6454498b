import { Cable } from 'lucide-react';
import { lazy } from 'react';
import * as z from 'zod';
import { defineDockTab } from '../dock/dock-tab.ts';

/** One tab for the forwards of all clusters: it belongs to none. */
export const forwardsTab = defineDockTab({
  type: 'forwards',
  subject: z.object({}),
  icon: Cable,
  title: (_subject, { forwards }) => forwards.title,
  Panel: lazy(async () => ({ default: (await import('./forwards-panel.tsx')).ForwardsPanel })),
});

/** In no cluster. */
export const ofNoCluster = '';
