import type { FormPlace } from '@quarterdeck/contract';

/** A value that stands for a field, and is found again wherever a template puts it. */
export type Marker = string | number;

/** Every place of a manifest where the marker stands, also inside a longer text. */
export function placesOf(part: string, manifest: unknown, marker: Marker): FormPlace[] {
  return [...found(manifest, marker, [])].map((place) => ({ part, ...place }));
}

function* found(value: unknown, marker: Marker, path: FormPlace['path']): Generator<Omit<FormPlace, 'part'>> {
  if (typeof value === 'string' && typeof marker === 'string') {
    const at = value.indexOf(marker);
    if (at >= 0) yield { path, before: value.slice(0, at), after: value.slice(at + marker.length) };
  } else if (value === marker) yield { path, before: '', after: '' };
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* found(item, marker, [...path, index]);
  else if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) yield* found(inner, marker, [...path, key]);
}

/** Where a map or a list of variables has the marker as a key, or a list of texts as an item. */
export function collectionsWith(part: string, manifest: unknown, marker: string): FormPlace[] {
  return [...holding(manifest, marker, [])].map((path) => ({ part, path, before: '', after: '' }));
}

function* holding(value: unknown, marker: string, path: FormPlace['path']): Generator<FormPlace['path']> {
  if (typeof value !== 'object' || value === null) return;
  if (holds(value, marker)) yield path;
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* holding(item, marker, [...path, index]);
  else for (const [key, inner] of Object.entries(value)) yield* holding(inner, marker, [...path, key]);
}

function holds(value: object, marker: string): boolean {
  return Array.isArray(value) ? value.some((item) => item === marker || isNamed(item, marker)) : marker in value;
}

function isNamed(item: unknown, marker: string): boolean {
  return typeof item === 'object' && item !== null && 'name' in item && item.name === marker;
}
