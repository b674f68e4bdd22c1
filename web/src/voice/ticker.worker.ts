/** Says a number back after so many milliseconds. */
self.addEventListener('message', ({ data: [id, ms] }: MessageEvent<readonly [number, number]>) => {
  setTimeout(() => self.postMessage(id), ms);
});
