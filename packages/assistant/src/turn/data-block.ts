import { cleanText } from './clean-text.ts';

const longestLabel = 300;

/**
 * Text of a cluster as data: between lines with a mark that was made at random for this answer and stands nowhere in it,
 * so that nothing inside can end the block.
 */
export function dataBlock(label: string, text: string, mark: string): string {
  const clean = cleanText(text).replaceAll(mark, '');
  const title = cleanText(label).replaceAll(mark, '').replaceAll(/\s+/g, ' ').slice(0, longestLabel);
  return `<<${mark} ${title}\n${clean}\n${mark}>>`;
}
