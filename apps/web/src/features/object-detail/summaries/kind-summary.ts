import { type BuiltInKind, isKind, type KindTypes, type KubeObject } from '@quarterdeck/contract';
import { type ComponentType, createElement, type ReactElement } from 'react';

export interface SummaryProps<T extends KubeObject> {
  object: T;
}

export interface KindSummary {
  kind: BuiltInKind;
  /** Null for an object of another kind. */
  render(object: KubeObject): ReactElement | null;
}

/** What one wants to know of a kind before one reads YAML: one file each, and a line in `all-summaries.ts`. */
export function defineSummary<K extends BuiltInKind>(kind: K, Summary: ComponentType<SummaryProps<KindTypes[K] & KubeObject>>): KindSummary {
  return { kind, render: (object) => (isKind(object, kind) ? createElement(Summary, { object }) : null) };
}
