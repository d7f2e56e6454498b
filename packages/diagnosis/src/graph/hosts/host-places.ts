import type { Container } from 'kubernetes-types/core/v1.js';
import { containersOf, type PodTemplate } from '../pod-template.ts';
import { containerTexts, mountedTexts, type PlacedText, type TextSource } from './container-texts.ts';
import { hostMentions } from './host-mentions.ts';
import { isLocalName } from './resolve-host.ts';

/**
 * The texts that tell a container of a host, what a person changes first: variables that are in force, then commands,
 * then mounted files. The host stands there as a whole, not as a part of a longer name.
 */
export function hostPlaces(host: string, container: string, template: PodTemplate, source: TextSource): PlacedText[] {
  const named = new RegExp(`(?<![\\w.-])${escaped(host)}(?![\\w-]|\\.\\w)`, 'i');
  const own = containerTexts(template, source).flatMap(({ texts }) => texts.filter((text) => text.container === container));
  const mounted = [...mountedTexts(template, source)].filter(
    ({ text }) => isLocalName(host) || hostMentions(text).some((mention) => mention.host === host.toLowerCase()),
  );
  return [...inForce(own), ...mounted].filter(({ text }) => named.test(text));
}

export function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Of several variables of one name the last one counts. */
function inForce(texts: readonly PlacedText[]): PlacedText[] {
  return texts.filter((text, index) => text.name === '' || !texts.slice(index + 1).some((later) => later.name === text.name));
}

/** A variable that is set more than once in one container: the last value is in force, the one before it is not. */
export interface ShadowedVariable {
  name: string;
  /** Where the value that is in force stands: `spec.template.spec.containers[0].env[3]`. */
  path: string;
  lost: string;
}

/** The variable that a text belongs to, where the container sets it twice with different values; null where not. */
export function shadowedVariable(place: PlacedText, template: PodTemplate): ShadowedVariable | null {
  for (const { container, path } of containersOf(template)) {
    const entries = entriesOf(container, place.name);
    const [last, before] = [entries.at(-1), entries.at(-2)];
    if (container.name !== place.container || last === undefined || before === undefined) continue;
    const lost = before.value ?? '';
    if (lost !== '' && lost !== last.value && place.path.startsWith(`${path}.env[${last.index}]`)) {
      return { name: place.name, path: `${path}.env[${last.index}]`, lost };
    }
  }
  return null;
}

function entriesOf(container: Container, name: string): { index: number; value: string | undefined }[] {
  return (container.env ?? []).flatMap((variable, index) => (variable.name === name ? [{ index, value: variable.value }] : []));
}
