import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Starts traces where the environment asks for them as OpenTelemetry says: OTEL_EXPORTER_OTLP_ENDPOINT (or
 * OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) names a collector, OTEL_SDK_DISABLED=true or OTEL_TRACES_EXPORTER=none switches off.
 * Where nobody asks, nothing of it is loaded. Gives what sends the rest and ends it.
 */
export async function startTracing(environment: Environment, version: string): Promise<() => Promise<void>> {
  if (!isAskedFor(environment)) return async () => undefined;
  const [
    sdk,
    { OTLPTraceExporter },
    { defaultResource, detectResources, envDetector, resourceFromAttributes },
    { AsyncLocalStorageContextManager },
    { W3CTraceContextPropagator },
  ] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/core'),
  ]);
  const own = resourceFromAttributes({ 'service.name': environment.OTEL_SERVICE_NAME || 'quarterdeck', 'service.version': version });
  const resource = defaultResource()
    .merge(own)
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new sdk.TracerProvider({ resource, spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter() })] });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return async () => {
    await provider.shutdown();
    trace.disable();
    context.disable();
    propagation.disable();
  };
}

function isAskedFor({ OTEL_SDK_DISABLED, OTEL_TRACES_EXPORTER, ...environment }: Environment): boolean {
  const endpoint = environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || environment.OTEL_EXPORTER_OTLP_ENDPOINT;
  return Boolean(endpoint) && OTEL_SDK_DISABLED !== 'true' && OTEL_TRACES_EXPORTER !== 'none';
}

/** One call as a span, under that of the caller where it names one. Costs next to nothing where nobody asked for traces. */
export function traced<T>(method: string, headers: Headers, run: (span: Span) => Promise<T>): Promise<T> {
  const parent = propagation.extract(context.active(), Object.fromEntries(headers));
  const tracer = trace.getTracer('quarterdeck');
  return tracer.startActiveSpan(method, { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } }, parent, async (span) => {
    try {
      return await run(span);
    } finally {
      span.end();
    }
  });
}

/** What is known of a call once it is answered. No query and no name of an object: a route, not a path. */
export function describeSpan(span: Span, { route, method, status, requestId }: { route: string; method: string; status: number; requestId: string }): void {
  span.updateName(`${method} ${route}`);
  span.setAttributes({ 'http.route': route, 'http.response.status_code': status, 'quarterdeck.request_id': requestId });
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
}
