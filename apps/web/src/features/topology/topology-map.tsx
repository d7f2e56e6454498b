import '@xyflow/react/dist/base.css';
import type { Topology, TopologyNode } from '@quarterdeck/contract';
import { Background, type Edge, MiniMap, ReactFlow, ReactFlowProvider, useReactFlow, useStoreApi } from '@xyflow/react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { ObjectContextMenu } from '../object-actions/object-menu.tsx';
import { cardSize, type Place } from './layout/place-nodes.ts';
import { MapControls } from './map-controls.tsx';
import { mapEdges, mapNodes } from './map-elements.ts';
import { MapStatus } from './map-status.tsx';
import { TopologyCard, TopologyFrame } from './topology-card.tsx';
import { useLayout } from './use-layout.ts';
import { type Direction, walk } from './walk-graph.ts';

const nodeTypes = { card: TopologyCard, frame: TopologyFrame };
/** Below this zoom, text can't be read. */
const readable = 0.6;
const reach = { padding: 0.06, maxZoom: 1, minZoom: 0.1 };

interface TopologyMapProps {
  drawn: Pick<Topology, 'nodes' | 'edges'>;
  found: ReadonlySet<string> | null;
  onOpen(node: TopologyNode): void;
  /** Offered where the map can't be drawn. */
  onTables?(): void;
}

export function TopologyMap(props: TopologyMapProps) {
  return (
    <ReactFlowProvider>
      <MapCanvas {...props} />
    </ReactFlowProvider>
  );
}

/** The map: a picture for the eye, and a thing to walk through by keys. The tables say the same. */
function MapCanvas({ drawn, found, onOpen, onTables }: TopologyMapProps) {
  const messages = useMessages().topology;
  const keysId = useId();
  const vertical = useMedia(narrow);
  const { places, error, arrange } = useLayout(drawn, vertical);
  const [active, setActive] = useState<string | null>(null);
  const [minimap, setMinimap] = useState(false);
  // One menu for all cards: each of five hundred with one of its own would take a second to draw.
  const [pointed, setPointed] = useState<TopologyNode | null>(null);
  const { fitView, zoomIn, zoomOut } = useReactFlow();
  const bringIntoView = useBringIntoView();
  const nodes = useMemo(() => (places === null ? [] : mapNodes(drawn, places, { active, found, vertical })), [drawn, places, active, found, vertical]);
  const edges = useMemo(() => mapEdges(drawn, active), [drawn, active]);
  useFitOnce(places !== null, () => void fitView(reach));
  const show = (id: string | null) => {
    const place = id === null ? undefined : places?.get(id);
    if (id === null || place === undefined) return;
    setActive(id);
    // The menu key is about what the arrows have reached.
    setPointed(drawn.nodes.find((node) => node.id === id && node.exists && node.role !== 'group') ?? null);
    bringIntoView(place);
  };
  const onKeyDown = onMapKeys({
    walk: (direction) => places !== null && show(walk(drawn, places, active, direction)),
    open: () => drawn.nodes.filter(({ id }) => id === active).forEach(onOpen),
    zoomIn: () => void zoomIn(),
    zoomOut: () => void zoomOut(),
    fit: () => void fitView(reach),
  });
  if (error !== null) {
    return (
      <div className="p-3">
        <ErrorNotice what={messages.notLaidOut} error={error} />
        {onTables !== undefined && (
          <Button className="mt-3" onClick={onTables}>
            {messages.seeTables}
          </Button>
        )}
      </div>
    );
  }
  return (
    <div className="flex min-h-0 grow flex-col">
      <div className="relative min-h-0 grow">
        <ObjectContextMenu targets={pointed === null ? [] : [{ object: pointed.object, state: pointed.state }]}>
          <div className="absolute inset-0">
            <ReactFlow
              aria-label={messages.map}
              aria-describedby={keysId}
              tabIndex={0}
              onKeyDown={onKeyDown}
              className="focus-visible:-outline-offset-2"
              nodes={nodes}
              edges={edges}
              nodeTypes={nodeTypes}
              minZoom={0.1}
              maxZoom={1.6}
              nodesDraggable={false}
              nodesConnectable={false}
              nodesFocusable={false}
              edgesFocusable={false}
              elementsSelectable={false}
              disableKeyboardA11y
              zoomOnDoubleClick={false}
              onlyRenderVisibleElements={drawn.nodes.length > 120}
              proOptions={{ hideAttribution: true }}
              onNodeClick={(_event, { id }) => {
                const node = drawn.nodes.find((each) => each.id === id);
                if (node === undefined) return;
                setActive(id);
                onOpen(node);
              }}
              onEdgeClick={(_event: unknown, { id }: Edge) => setActive(id)}
              onPaneClick={() => setActive(null)}
              onNodeContextMenu={(event, { id }) => {
                const node = drawn.nodes.find((each) => each.id === id);
                if (node === undefined || node.role === 'group' || !node.exists) event.stopPropagation();
                else setPointed(node);
              }}
              onEdgeContextMenu={(event) => event.stopPropagation()}
              onPaneContextMenu={(event) => event.stopPropagation()}
            >
              <Background color="var(--line)" gap={24} />
              {minimap && (
                <MiniMap pannable zoomable ariaLabel={messages.minimap} bgColor="var(--surface)" maskColor="var(--scrim)" nodeColor="var(--line-strong)" />
              )}
            </ReactFlow>
          </div>
        </ObjectContextMenu>
        {places === null && <p className="absolute inset-x-0 top-3 text-center text-soft">{messages.drawing}</p>}
        <MapControls
          onZoomIn={() => void zoomIn()}
          onZoomOut={() => void zoomOut()}
          onFit={() => void fitView(reach)}
          onArrange={arrange}
          minimap={minimap}
          onMinimap={() => setMinimap(!minimap)}
        />
      </div>
      <MapStatus drawn={drawn} active={active} keysId={keysId} />
    </div>
  );
}

/** Moves the map only where the card is not seen whole, or too small to be read. */
function useBringIntoView(): (place: Place) => void {
  const { setCenter, getViewport } = useReactFlow();
  const store = useStoreApi();
  return ({ x, y }) => {
    const { x: left, y: top, zoom } = getViewport();
    const { width, height } = store.getState();
    const [screenX, screenY] = [x * zoom + left, y * zoom + top];
    const isSeen = screenX >= 0 && screenY >= 0 && screenX + cardSize.width * zoom <= width && screenY + cardSize.height * zoom <= height;
    if (isSeen && zoom >= readable) return;
    void setCenter(x + cardSize.width / 2, y + cardSize.height / 2, { zoom: Math.max(zoom, readable) });
  };
}

interface MapKeys {
  walk(direction: Direction): void;
  open(): void;
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
}

/** What the keys do while the map has the focus. */
function onMapKeys({ walk: walkTo, open, zoomIn, zoomOut, fit }: MapKeys): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = directions[event.key];
    const act = direction === undefined ? { Enter: open, '+': zoomIn, '=': zoomIn, '-': zoomOut, f: fit, 0: fit }[event.key] : () => walkTo(direction);
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
}

const directions: Readonly<Record<string, Direction>> = { ArrowLeft: 'in', ArrowRight: 'out', ArrowUp: 'up', ArrowDown: 'down' };

/** Once, when there is something to see: later the view is the person's. */
function useFitOnce(ready: boolean, fit: () => void): void {
  const done = useRef(false);
  const latest = useRef(fit);
  latest.current = fit;
  useEffect(() => {
    if (!ready || done.current) return;
    const frame = requestAnimationFrame(() => {
      done.current = true;
      latest.current();
    });
    return () => cancelAnimationFrame(frame);
  }, [ready]);
}
