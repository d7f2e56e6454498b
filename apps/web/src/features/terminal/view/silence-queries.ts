import type { IDisposable, IParser } from '@xterm/xterm';

const yes = () => true;

/**
 * Programs ask their terminal what it is, where its cursor stands and which colours it has. Whoever holds the session
 * answers, also while nobody looks; a second answer would stand at the prompt as if it had been typed.
 */
export function silenceQueries(parser: IParser): IDisposable[] {
  const isQuestion = (data: string) => data.split(';').includes('?');
  return [
    ...[{ final: 'c' }, { prefix: '>', final: 'c' }, { prefix: '=', final: 'c' }, { final: 'n' }, { prefix: '?', final: 'n' }].map((id) =>
      parser.registerCsiHandler(id, yes),
    ),
    ...[{ intermediates: '$', final: 'p' }, { prefix: '?', intermediates: '$', final: 'p' }, { final: 't' }, { prefix: '>', final: 'q' }].map((id) =>
      parser.registerCsiHandler(id, yes),
    ),
    parser.registerDcsHandler({ intermediates: '$', final: 'q' }, yes),
    parser.registerDcsHandler({ intermediates: '+', final: 'q' }, yes),
    ...[4, 10, 11, 12].map((code) => parser.registerOscHandler(code, isQuestion)),
  ];
}
