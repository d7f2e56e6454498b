import type { TerminalFinding } from '@quarterdeck/contract';
import { type EndedCommand, linesToLookAt, type Recogniser } from './recogniser.ts';

export interface ObserverOptions {
  recognisers: readonly Recogniser[];
  newId(): string;
  found(finding: TerminalFinding): void;
  report(what: string, thrown: unknown): void;
}

/** Findings that are kept for a page that comes later. */
const mostFindings = 200;

/** Looks at what commands put out, after they ended. A recogniser that fails is told of and takes nothing else with it. */
export class Observer {
  readonly findings: TerminalFinding[] = [];
  private readonly options: ObserverOptions;

  constructor(options: ObserverOptions) {
    this.options = options;
  }

  look(block: string, ended: EndedCommand): void {
    const lines = linesToLookAt(ended.lines);
    for (const recogniser of this.options.recognisers) {
      try {
        for (const found of recogniser.recognise({ ...ended, lines }))
          this.tell({ ...nothing, ...found, kind: recogniser.kind, block, id: this.options.newId() });
      } catch (thrown) {
        this.options.report(`The recogniser ${recogniser.kind} failed.`, thrown);
      }
    }
  }

  /** What was found before is no longer known. */
  forget(): void {
    this.findings.length = 0;
  }

  private tell(finding: TerminalFinding): void {
    this.findings.push(finding);
    if (this.findings.length > mostFindings) this.findings.shift();
    this.options.found(finding);
  }
}

const nothing = { detail: null, places: [], objects: [], suggestion: null };
