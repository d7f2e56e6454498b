export interface CopyProgress {
  /** Of the contents of files. */
  bytes: number;
  files: number;
  /** The name that is being copied, relative to what was asked for. */
  current: string;
}

export interface SkippedEntry {
  name: string;
  reason: string;
}

export interface CopyResult {
  files: number;
  folders: number;
  links: number;
  bytes: number;
  /** What was not copied and why; the first 1000. */
  skipped: SkippedEntry[];
  skippedTotal: number;
}

export interface CopyLimits {
  /** Of the contents of files. */
  bytes?: number;
  entries?: number;
}

const mostNamed = 1000;

/** Counts a copy as it goes. */
export class CopyCount implements CopyResult {
  files = 0;
  folders = 0;
  links = 0;
  bytes = 0;
  skippedTotal = 0;
  readonly skipped: SkippedEntry[] = [];
  private readonly onProgress: ((progress: CopyProgress) => void) | undefined;

  constructor(onProgress: ((progress: CopyProgress) => void) | undefined) {
    this.onProgress = onProgress;
  }

  get entries(): number {
    return this.files + this.folders + this.links + this.skippedTotal;
  }

  skip(name: string, reason: string): void {
    this.skippedTotal += 1;
    if (this.skipped.length < mostNamed) this.skipped.push({ name, reason });
  }

  tell(current: string): void {
    this.onProgress?.({ bytes: this.bytes, files: this.files, current });
  }

  result(): CopyResult {
    const { files, folders, links, bytes, skipped, skippedTotal } = this;
    return { files, folders, links, bytes, skipped, skippedTotal };
  }
}
