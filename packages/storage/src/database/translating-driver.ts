import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, TransactionSettings } from 'kysely';

type Translate = (thrown: unknown) => Error;

/** A driver of Kysely whose errors are translated as they leave it: nothing above it sees an engine's own. */
export class TranslatingDriver implements Driver {
  private readonly inner: Driver;
  private readonly translate: Translate;

  constructor(inner: Driver, translate: Translate) {
    this.inner = inner;
    this.translate = translate;
  }

  init(): Promise<void> {
    return this.guarded(() => this.inner.init());
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return this.guarded(async () => new TranslatingConnection(await this.inner.acquireConnection(), this.translate));
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return this.guarded(() => this.inner.beginTransaction(innerOf(connection), settings));
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return this.guarded(() => this.inner.commitTransaction(innerOf(connection)));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // An engine that failed has rolled back by itself, or is gone: what went wrong before is what people must hear.
    await this.inner.rollbackTransaction(innerOf(connection)).catch(() => undefined);
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.inner.releaseConnection(innerOf(connection));
  }

  destroy(): Promise<void> {
    return this.guarded(() => this.inner.destroy());
  }

  private async guarded<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (thrown) {
      throw this.translate(thrown);
    }
  }
}

class TranslatingConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  private readonly translate: Translate;

  constructor(inner: DatabaseConnection, translate: Translate) {
    this.inner = inner;
    this.translate = translate;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.inner.executeQuery<R>(query);
    } catch (thrown) {
      throw this.translate(thrown);
    }
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    try {
      yield* this.inner.streamQuery<R>(query, chunkSize);
    } catch (thrown) {
      throw this.translate(thrown);
    }
  }
}

function innerOf(connection: DatabaseConnection): DatabaseConnection {
  return connection instanceof TranslatingConnection ? connection.inner : connection;
}
