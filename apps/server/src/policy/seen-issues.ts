import type { Issue, IssueDetail } from '@quarterdeck/contract';
import type { IssueFeed } from '../clusters/issue-feed.ts';
import type { FeedHold } from '../clusters/shared-feed.ts';
import { causedUnseen, withHiddenCause } from './hidden-cause.ts';
import { leftOut } from './seen-list.ts';
import type { Sight } from './sight.ts';

/**
 * What one policy shows of the issues: those of a check that had nothing but what is visible to look at. Of the check of
 * the whole cluster one thing is taken over: that the cause of a visible symptom is something hidden.
 */
export function seenIssues(own: FeedHold, whole: FeedHold, sight: Sight): FeedHold {
  return {
    feed: new SeenFeed(own.feed, whole.feed, sight),
    release() {
      own.release();
      whole.release();
    },
  };
}

class SeenFeed implements IssueFeed {
  private readonly own: IssueFeed;
  private readonly whole: IssueFeed;
  private readonly sight: Sight;
  private unseen: { checkedAt: string | null; findings: ReadonlySet<string> } = { checkedAt: null, findings: new Set() };

  constructor(own: IssueFeed, whole: IssueFeed, sight: Sight) {
    this.own = own;
    this.whole = whole;
    this.sight = sight;
  }

  issues(): Issue[] {
    return this.own.issues().map((issue) => this.shown(issue));
  }

  detail(id: string): IssueDetail | null {
    const found = this.own.detail(id);
    return found === null ? null : this.shown(found);
  }

  incidents(): ReturnType<IssueFeed['incidents']> {
    return this.own.incidents();
  }

  view(): ReturnType<IssueFeed['view']> {
    return this.own.view();
  }

  held(id: string): ReturnType<IssueFeed['held']> {
    return this.own.held(id);
  }

  plan(request: Parameters<IssueFeed['plan']>[0]): ReturnType<IssueFeed['plan']> {
    return this.own.plan(request);
  }

  advice(options: Parameters<IssueFeed['advice']>[0]): ReturnType<IssueFeed['advice']> {
    return this.own.advice(options);
  }

  coverage(): ReturnType<IssueFeed['coverage']> {
    const { skipped, ...coverage } = this.own.coverage();
    const others = skipped.filter(({ reason }) => reason !== leftOut.message);
    const hidden = skipped.length - others.length;
    if (hidden === 0) return { ...coverage, skipped };
    return {
      ...coverage,
      skipped: [...others, { what: hidden === 1 ? 'one kind of objects' : `${hidden} kinds of objects`, reason: 'your access policy leaves them out' }],
    };
  }

  checkedAt(): string | null {
    return this.own.checkedAt();
  }

  settled(): boolean {
    return this.own.settled();
  }

  async ready(signal: AbortSignal): Promise<void> {
    await Promise.all([this.own.ready(signal), this.whole.ready(signal)]);
  }

  /** A change of the whole that changes nothing here must not be told: that something happened would be a trace of it. */
  subscribe(listener: () => void): () => void {
    const ends = [
      this.own.subscribe(listener),
      this.whole.subscribe(() => {
        const before = [...this.unseenNow()].join();
        this.unseen = { checkedAt: null, findings: new Set() };
        if ([...this.unseenNow()].join() !== before) listener();
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }

  close(): void {
    // Both feeds are shared; whoever opened them closes them.
  }

  private shown<T extends Issue | IssueDetail>(issue: T): T {
    const unseen = this.unseenNow();
    if (unseen.size === 0) return issue;
    const incident = this.own.incidents().find(({ id }) => id === issue.id);
    return incident?.findings.some(({ id }) => unseen.has(id)) ? withHiddenCause(issue) : issue;
  }

  private unseenNow(): ReadonlySet<string> {
    const checkedAt = this.whole.checkedAt();
    if (this.unseen.checkedAt !== checkedAt) this.unseen = { checkedAt, findings: causedUnseen(this.whole.incidents(), this.sight) };
    return this.unseen.findings;
  }
}
