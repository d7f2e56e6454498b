import { attachmentSchema, longestAttachedText, mostAttachments } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { en } from '../../messages/en/index.ts';
import { aboutCommand, aboutLines, aboutObjects, aboutWord } from './ask-about.ts';

const words = en.askAbout;
const pod = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name });

describe('what is asked about something', () => {
  it('has the one object as its focus, and several as what is laid beside it', () => {
    expect(aboutObjects([pod('api')], words)).toMatchObject({ focus: { namespace: 'shop', object: { kind: 'Pod', name: 'api' } } });
    const many = aboutObjects(
      Array.from({ length: mostAttachments + 5 }, (_, index) => pod(`p${index}`)),
      words,
    );
    expect(many.focus).toBeUndefined();
    expect(many.attachments).toHaveLength(mostAttachments);
  });

  it('keeps the end of what is too long for the contract', () => {
    const text = `${'x'.repeat(longestAttachedText)}the end`;
    const { attachments = [] } = aboutLines([{ text, time: '', namespace: 'shop', pod: 'api', container: 'app' }], words);
    expect(attachments.map((each) => attachmentSchema.parse(each))).toEqual([
      expect.objectContaining({ form: 'log', text: expect.stringMatching(/the end$/) }),
    ]);
  });

  it('asks of a failed command what to run instead', () => {
    const { question, attachments } = aboutCommand({ command: 'kubectl get po', output: 'Forbidden', failed: true }, words);
    expect(question).toContain('instead');
    expect(attachments).toEqual([{ type: 'text', name: 'kubectl get po', form: 'log', text: '$ kubectl get po\nForbidden' }]);
  });

  it('lays nothing beside a word that stands alone', () => expect(aboutWord('OOMKilled', {}, words).attachments).toEqual([]));
});
