/** How much of a face there is. */
export type Rung = '3d' | 'flat' | 'off';

/**
 * The highest rung of the ladder that this browser and its user want: a head, a drawn face, or none.
 * `?avatar=off`, `flat` and `3d` in the address decide for themselves.
 */
export function chooseRung(search: string, reducedMotion: boolean, hasWebGL: () => boolean): Rung {
  const asked = new URLSearchParams(search).get('avatar');
  if (asked === 'off') return 'off';
  if (asked === 'flat' || (reducedMotion && asked !== '3d') || !hasWebGL()) return 'flat';
  return '3d';
}

/** Whether WebGL 2 is there. Asked with a canvas of its own, which is let go at once: browsers give a page only a few. */
export function hasWebGL2(): boolean {
  try {
    const context = document.createElement('canvas').getContext('webgl2');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}
