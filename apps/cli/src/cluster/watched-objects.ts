import { type ClusterAccess, findBuiltInKind, type KindCoverage, type WatchedList, WatchHub } from '@quarterdeck/cluster';
import { type BuiltInKind, type KubeObject, type ObjectRef, refOf } from '@quarterdeck/contract';
import { diagnosisKinds, type ObjectSource } from '@quarterdeck/diagnosis';

interface KindLists {
  kind: BuiltInKind;
  lists: WatchedList[];
}

export interface WatchedObjects extends ObjectSource {
  /** Resolves when every list was read once or can't be read. */
  ready(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** The objects that a diagnosis looks at, followed by watches. No namespaces: all of them. Custom resources are not among them. */
export async function watchObjects(access: ClusterAccess, namespaces: readonly string[] | null, signal: AbortSignal): Promise<WatchedObjects> {
  const hub = new WatchHub(access);
  const served = await access.kinds(signal);
  const kinds = diagnosisKinds.map((kind): KindLists => {
    const found = findBuiltInKind(served, kind);
    const scopes = found?.namespaced === true && namespaces !== null ? namespaces : [null];
    return { kind, lists: found === null ? [] : scopes.map((namespace) => hub.open(found, namespace)) };
  });
  const lists = kinds.flatMap((each) => each.lists);
  return {
    follow(onChange) {
      let upserts: KubeObject[] = lists.flatMap((list) => [...list.objects.values()]);
      let deletes: ObjectRef[] = [];
      const ends = lists.map((list) =>
        list.subscribe((batch) => {
          deletes.push(...batch.deletes.map(refOf));
          upserts.push(...batch.upserts);
          onChange();
        }),
      );
      return {
        take() {
          const taken = { takenAt: Date.now(), scope: namespaces, upserts, deletes, coverage: coverageOf(kinds) };
          [upserts, deletes] = [[], []];
          return taken;
        },
        end() {
          for (const end of ends) end();
        },
      };
    },
    ready: (waiting) => Promise.all(lists.map((list) => untilRead(list, waiting))).then(() => undefined),
    close: () => hub.close(),
  };
}

function coverageOf(kinds: readonly KindLists[]): Partial<Record<BuiltInKind, KindCoverage>> {
  return Object.fromEntries(kinds.map(({ kind, lists }) => [kind, worst(lists)]));
}

function worst(lists: readonly WatchedList[]): KindCoverage {
  if (lists.length === 0) return 'absent';
  const unread = lists.find((list) => list.asOf === null);
  if (unread === undefined) return 'read';
  if (unread.error === null) return 'unread';
  return unread.error.code === 'FORBIDDEN' ? 'forbidden' : 'failed';
}

function untilRead(list: WatchedList, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const look = () => {
    if (list.asOf !== null || list.error !== null) resolve();
  };
  const end = list.subscribe(look);
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  look();
  return promise.finally(() => {
    end();
    signal.removeEventListener('abort', abort);
  });
}
