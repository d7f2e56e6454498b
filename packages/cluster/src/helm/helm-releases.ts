import {
  AppError,
  type HelmDiff,
  type HelmObject,
  type HelmRelease,
  type HelmReleaseList,
  type HelmRevision,
  type HelmTarget,
  toAppError,
} from '@quarterdeck/contract';
import { apiOf } from '../access/api-of.ts';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { ConcurrencyLimit } from '../transport/concurrency-limit.ts';
import { compareManifests, compareTexts } from './compare.ts';
import { Concealer } from './concealer.ts';
import type { StoredRelease } from './decode-release.ts';
import { listRecords, type RecordQuery, type ReleaseRecord } from './list-records.ts';
import { type ManifestObject, manifestObjects } from './manifest.ts';
import { presentObjects } from './present-objects.ts';
import { readRecord } from './read-record.ts';
import { shownRelease } from './shown-release.ts';

type ChartFacts = Pick<HelmRevision, 'chart' | 'description' | 'problem'> & Partial<Pick<HelmRevision, 'updatedAt'>>;

const bodiesAtOnce = 6;
/** Entries are some hundred bytes. */
const maxFacts = 20_000;

/**
 * The releases of one cluster, read from Helm's own records. Lists cost one request a storage; the charts' names cost
 * one request a release, once: records don't change but for their status, so what was read is kept.
 */
export class HelmReleases {
  private readonly access: ClusterAccess;
  private readonly facts = new Map<string, ChartFacts>();

  constructor(access: ClusterAccess) {
    this.access = access;
  }

  /** The newest revision of each release; `charts` reads their records too, for the chart and the description. A record that is broken is told with its release. */
  async list(namespace: string | null, options: { charts: boolean; signal: AbortSignal }): Promise<HelmReleaseList> {
    if (this.access.recordedAt !== null) return { state: 'notRecorded', reason: 'Helm keeps releases in Secrets, and a recording has none of their values.' };
    const { records, skipped } = await listRecords(apiOf(this.access), { namespace }, options.signal);
    return { state: 'read', releases: await this.described(newestOfEach(records), options), skipped };
  }

  /** Every revision that Helm kept, newest first. Throws NOT_FOUND. */
  async history(target: HelmTarget, signal: AbortSignal): Promise<HelmRevision[]> {
    return this.described(await this.records(target, signal), { charts: true, signal });
  }

  /** One revision, with secrets hidden; the newest where none is named. */
  async release(target: HelmTarget, revision: number | null, signal: AbortSignal): Promise<HelmRelease> {
    const { record, stored } = await this.stored(target, revision, signal);
    return shownRelease(record, stored, new Concealer());
  }

  /** What changed from one revision to another in values and objects. */
  async diff(target: HelmTarget, from: number, to: number | null, signal: AbortSignal): Promise<HelmDiff> {
    const [before, after] = await Promise.all([this.stored(target, from, signal), this.stored(target, to, signal)]);
    const concealer = new Concealer();
    const [old, present] = [before, after].map(({ record, stored }) => shownRelease(record, stored, concealer));
    if (old === undefined || present === undefined) throw new AppError('INTERNAL_ERROR', 'Two revisions were asked for.');
    const objects = await Promise.all([old, present].map(({ manifest }) => this.objectsOf(manifest, target.namespace, signal)));
    const { changes, unchanged } = compareManifests(objects[0] ?? [], objects[1] ?? []);
    const names = { from: `revision ${old.revision}`, to: `revision ${present.revision}` };
    return { ...names, values: compareTexts(old.values.user, present.values.user), manifest: changes, unchanged };
  }

  /** What the present revision's manifest describes and how it is in the cluster now. */
  async objects(target: HelmTarget, now: number, signal: AbortSignal): Promise<HelmObject[]> {
    const { manifest } = await this.release(target, null, signal);
    return presentObjects(this.access, await this.objectsOf(manifest, target.namespace, signal), now, signal);
  }

  /** What an install or upgrade would change, given what Helm's dry run says that it would send. */
  async previewDiff(target: HelmTarget, preview: { values: Record<string, unknown>; manifest: string }, signal: AbortSignal) {
    const present = await this.presentOrNull(target, signal);
    const concealer = new Concealer();
    const shown = present === null ? null : shownRelease(present.record, present.stored, concealer);
    const values = concealer.values(preview.values);
    const manifest = concealer.manifest(preview.manifest);
    const [before, after] = await Promise.all([shown?.manifest ?? '', manifest].map((text) => this.objectsOf(text, target.namespace, signal)));
    const { changes, unchanged } = compareManifests(before ?? [], after ?? []);
    const from = shown === null ? 'nothing: it is not installed' : `the present revision ${shown.revision}`;
    const diff: HelmDiff = { from, to: 'the preview', values: compareTexts(shown?.values.user ?? '', values), manifest: changes, unchanged };
    return { manifest, diff, conceal: (text: string) => concealer.text(text) };
  }

  private async objectsOf(manifest: string, namespace: string, signal: AbortSignal): Promise<ManifestObject[]> {
    return manifestObjects(manifest, namespace, await this.access.kinds(signal));
  }

  private async presentOrNull(target: HelmTarget, signal: AbortSignal) {
    try {
      return await this.stored(target, null, signal);
    } catch (thrown) {
      if (toAppError(thrown).code === 'NOT_FOUND') return null;
      throw thrown;
    }
  }

  private async stored(target: HelmTarget, revision: number | null, signal: AbortSignal): Promise<{ record: ReleaseRecord; stored: StoredRelease }> {
    const records = await this.records(target, signal);
    const record = revision === null ? records[0] : records.find((each) => each.revision === revision);
    if (record === undefined) {
      const known = records.map((each) => each.revision).join(', ');
      throw new AppError('NOT_FOUND', `Release ${target.namespace}/${target.name} has no revision ${revision}.`, { hint: `Helm kept: ${known}.` });
    }
    return { record, stored: await readRecord(apiOf(this.access), record, signal) };
  }

  /** Newest first. */
  private async records(target: HelmTarget, signal: AbortSignal): Promise<ReleaseRecord[]> {
    const query: RecordQuery = { namespace: target.namespace, name: target.name };
    const { records } = await listRecords(apiOf(this.access), query, signal);
    const own = records.filter(({ name }) => name === target.name).sort((one, other) => other.revision - one.revision);
    if (own.length > 0) return own;
    throw new AppError('NOT_FOUND', `There is no Helm release ${target.name} in the namespace ${target.namespace}.`, {
      hint: '`qd helm list -A` shows what there is.',
    });
  }

  private async described(records: readonly ReleaseRecord[], { charts, signal }: { charts: boolean; signal: AbortSignal }): Promise<HelmRevision[]> {
    const limit = new ConcurrencyLimit(bodiesAtOnce);
    return Promise.all(
      records.map(async ({ version, ...record }) => ({ ...record, ...(charts ? await this.factsOf({ ...record, version }, limit, signal) : noFacts) })),
    );
  }

  private async factsOf(record: ReleaseRecord, limit: ConcurrencyLimit, signal: AbortSignal): Promise<ChartFacts> {
    const key = `${record.storage}/${record.namespace}/${record.name}/${record.revision}@${record.version}`;
    const known = this.facts.get(key);
    if (known !== undefined) return known;
    try {
      const facts = chartFacts(await limit.run(signal, () => readRecord(apiOf(this.access), record, signal)));
      if (this.facts.size >= maxFacts) this.facts.clear();
      this.facts.set(key, facts);
      return facts;
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      return { ...noFacts, problem: toAppError(thrown).message };
    }
  }
}

const noFacts: ChartFacts = { chart: null, description: null, problem: null };

function chartFacts({ chart: { metadata }, info }: StoredRelease): ChartFacts {
  const { name, version, appVersion } = metadata;
  const updatedAt = info.last_deployed === null ? {} : { updatedAt: info.last_deployed };
  return { chart: { name, version, appVersion }, description: info.description, problem: null, ...updatedAt };
}

function newestOfEach(records: readonly ReleaseRecord[]): ReleaseRecord[] {
  const newest = new Map<string, ReleaseRecord>();
  for (const record of records) {
    const key = `${record.namespace}/${record.name}`;
    if ((newest.get(key)?.revision ?? -1) < record.revision) newest.set(key, record);
  }
  return [...newest.values()].sort((one, other) => one.namespace.localeCompare(other.namespace) || one.name.localeCompare(other.name));
}
