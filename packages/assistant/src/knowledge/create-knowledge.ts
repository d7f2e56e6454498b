import type { Knowledge, KnowledgeHit, KnowledgeQuery, Passage } from './knowledge.ts';
import { TextIndex } from './text-index.ts';

/** What a fitting structure adds to the score of the words: whoever wrote down a mechanism means exactly that one. */
const weights = { mechanism: 12, code: 6, kind: 1, rating: 1.5 };

/** Searches passages by full text and by structure: the mechanism, codes and kinds of an issue. */
export function createKnowledge(passages: readonly Passage[]): Knowledge {
  const index = new TextIndex(passages.map(({ title, text, codes }) => `${title}\n${title}\n${codes.join(' ')}\n${text}`));
  return {
    search(query) {
      const words = index.scores(query.text);
      return passages
        .flatMap((passage, at) => hitOf(passage, words[at] ?? noWords, query))
        .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
        .slice(0, query.limit);
    },
    *jsonLines() {
      for (const passage of passages) yield JSON.stringify(passage);
    },
  };
}

const noWords = { score: 0, fits: false };

function hitOf(passage: Passage, words: { score: number; fits: boolean }, { mechanism = null, codes = [], kinds = [] }: KnowledgeQuery): KnowledgeHit[] {
  const because: KnowledgeHit['because'][number][] = [];
  if (mechanism !== null && passage.mechanisms.includes(mechanism)) because.push('mechanism');
  if (passage.codes.some((code) => codes.includes(code))) because.push('code');
  const named = because.length > 0;
  if (passage.kinds.some((kind) => kinds.includes(kind))) because.push('kind');
  if (words.fits) because.push('words');
  // A kind alone is no reason: half of all runbooks are about Deployments.
  if (!named && !words.fits) return [];
  const structure = because.reduce((sum, reason) => sum + (reason === 'words' ? 0 : weights[reason]), 0);
  return [{ ...passage, because, score: structure + words.score + passage.rating * weights.rating }];
}
