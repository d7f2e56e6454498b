import { describe, expect, it } from 'vitest';
import { buildContext } from '../context/build-context.ts';
import { defaultContextSettings } from '../context/context-settings.ts';
import { createPrivacy } from '../privacy/create-privacy.ts';
import { isWellKnown } from '../privacy/well-known-names.ts';
import type { ContextSource, Focus } from '../sources/context-source.ts';

export interface SourceCase {
  /** A source with something in it. */
  open(): Promise<ContextSource> | ContextSource;
  /** What a person may look at there; the first is nothing in particular, the last does not exist. */
  focuses: readonly Focus[];
}

const { signal } = new AbortController();
const nothing = { sendClusterMetadata: false, sendResourceNames: false, sendLogs: false, sendPodNames: false };
const countTokens = (text: string) => Math.ceil(text.length / 4);

/** What the assistant relies on, whatever the infrastructure. */
export function describeContextSource(name: string, { open, focuses }: SourceCase): void {
  describe(`${name} as a source`, () => {
    it.each(focuses)('says what a model should know, for the focus %j', async (focus) => {
      const sections = await (await open()).summarise(focus, signal);
      expect(sections.length).toBeGreaterThan(0);
      for (const { id, title, text, priority } of sections) {
        expect(id).toMatch(/^[a-z][\w-]*$/);
        expect(title).not.toMatch(/\n|undefined|\[object/);
        expect(text).not.toMatch(/\bundefined\b|\[object Object\]/);
        expect(priority).toBeGreaterThanOrEqual(0);
        expect(priority).toBeLessThanOrEqual(100);
      }
      expect(sections.map(({ priority }) => priority)).toEqual(sections.map(({ priority }) => priority).toSorted((one, other) => other - one));
    });

    it.each(focuses)('names everything that it tells of, so that nothing of it need leave, for the focus %j', async (focus) => {
      const source = await open();
      const names = await source.names(signal);
      const privacy = createPrivacy({ settings: nothing, names });
      const sections = await source.summarise(focus, signal);
      const { text } = buildContext({
        sections,
        intent: 'troubleshoot',
        settings: { ...defaultContextSettings, tokens: 50_000 },
        privacy,
        countTokens,
        mark: 'mark0',
      });
      const told = names
        .map((each) => each.name)
        .filter((each) => each.length > 2 && !isWellKnown(each) && sections.some((section) => section.text.includes(each)));
      for (const each of told) expect(text).not.toMatch(new RegExp(`(?<![A-Za-z\\d])${each.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')}(?![A-Za-z\\d])`));
    });

    it.each(focuses)('suggests a few different short questions, for the focus %j', async (focus) => {
      const prompts = await (await open()).suggestedPrompts(focus, signal);
      expect(prompts.length).toBeLessThanOrEqual(6);
      expect(new Set(prompts).size).toBe(prompts.length);
      for (const prompt of prompts) expect(prompt).toMatch(/^\S.{3,98}\S$/);
    });

    it('has tools with names of their own that are told from each other and say what they are for', async () => {
      const { tools } = await open();
      expect(new Set(tools.map((tool) => tool.name)).size).toBe(tools.length);
      for (const tool of tools) {
        expect(tool.name).toMatch(/^[a-z][a-z\d_]{2,60}$/);
        expect(tool.description.length).toBeGreaterThan(20);
        await expect(tool.run('no object', signal)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
      }
    });

    it('answers, or says that it takes a model', async () => {
      const [focus] = focuses;
      if (focus === undefined) throw new Error('A source needs at least one focus to be tested.');
      const answer = await (await open()).answer('write a poem about the sea', focus, signal);
      if (answer !== null) for await (const event of answer) expect(event.type).toMatch(/^[a-z]+$/);
    });

    it('stops when it is told to', async () => {
      const [focus] = focuses;
      if (focus === undefined) throw new Error('A source needs at least one focus to be tested.');
      const stopping = new AbortController();
      stopping.abort();
      await (await open()).summarise(focus, stopping.signal).then(
        () => undefined,
        (thrown: unknown) => expect(thrown).toBeInstanceOf(Error),
      );
    });
  });
}
