import type { WebGLRenderer } from 'three';

/** What the face costs. It hangs on the canvas as `faceStats`, where tests, and whoever looks into a slow page, can read it. */
export interface FaceStats {
  frames: number;
  /** Draw calls and triangles of the last frame but one. */
  calls: number;
  triangles: number;
  /** Script a frame, smoothed, in milliseconds. */
  scriptMs: number;
  geometries: number;
  textures: number;
  programs: number;
}

export function createStats(): FaceStats {
  return { frames: 0, calls: 0, triangles: 0, scriptMs: 0, geometries: 0, textures: 0, programs: 0 };
}

/** Notes a frame whose script took `ms`. */
export function note(stats: FaceStats, { info }: WebGLRenderer, ms: number): void {
  stats.frames++;
  stats.calls = info.render.calls;
  stats.triangles = info.render.triangles;
  stats.scriptMs += (ms - stats.scriptMs) * 0.1;
  stats.geometries = info.memory.geometries;
  stats.textures = info.memory.textures;
  stats.programs = info.programs?.length ?? 0;
}
