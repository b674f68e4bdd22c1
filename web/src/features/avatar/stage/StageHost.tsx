import { useEffect, useLayoutEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { Stage, type StageProps } from './Stage';

type PlacedProps = Omit<StageProps, 'shown'>;

/**
 * The page's one canvas. Browsers don't give back all that a canvas took, so it is made once, stands in a root of its own, and is put to where a face is
 * to be seen.
 */
class StageHost {
  readonly #element = document.createElement('div');
  readonly #root = createRoot(this.#element, { onUncaughtError: () => this.#props?.onLost() });
  #props: PlacedProps | null = null;

  constructor() {
    this.#element.className = 'avatar-stage';
  }

  show(place: Element, props: PlacedProps): void {
    this.#props = props;
    if (this.#element.parentElement !== place) place.append(this.#element);
    this.#root.render(<Stage {...props} shown />);
  }

  /** It stays, but nothing is drawn. */
  hide(): void {
    this.#element.remove();
    if (this.#props) this.#root.render(<Stage {...this.#props} shown={false} />);
  }
}

let host: StageHost | null = null;

/** Where the face stands. There is one at a time. */
export default function PlacedStage(props: PlacedProps) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    host ??= new StageHost();
    if (place.current) host.show(place.current, props);
  });
  useEffect(() => () => host?.hide(), []);
  return <div ref={place} className="avatar-stage" />;
}
