import type { Messages } from '../en/index.ts';

export const metrics: Messages['metrics'] = {
  title: 'Metriken',
  range: 'Zeitraum',
  charts: { cpu: 'CPU', memory: 'Arbeitsspeicher', network: 'Netzwerk', storage: 'Speicherplatz' },
  series: { cpu: 'belegt', memory: 'belegt', networkReceive: 'empfangen', networkTransmit: 'gesendet', storage: 'belegt' },
  bounds: { request: 'angefordert', limit: 'Limit' },
  nodeBounds: { request: 'angefordert', limit: 'für Pods' },
  table: 'Tabelle',
  chart: 'Diagramm',
  asTable: (title) => `${title} als Tabelle`,
  time: 'Zeit',
  latest: 'zuletzt',
  gap: 'nicht gemessen',
  noValues: (label) => `${label}: nichts gemessen`,
  summed: (label, last, least, most) => `${label}: zuletzt ${last}, mindestens ${least}, höchstens ${most}`,
  notRead: (title) => `${title} konnte nicht gelesen werden`,
  mayNot: 'Sie dürfen keine Metriken sehen.',
  mayNotNote: 'Die Berechtigung metric.read fehlt. Fragen Sie danach, wer diese Workbench betreibt.',
};
