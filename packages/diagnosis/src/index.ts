export type * from './model/incident.ts';
export type * from './view/cluster-view.ts';
