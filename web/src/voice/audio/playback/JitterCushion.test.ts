import { expect, test } from 'vitest';
import { JitterCushion } from './JitterCushion';

/** Packets of 20 ms, of which each `every`th is `late` ms late. */
function feed(cushion: JitterCushion, packets: number, every: number, late: number): void {
  cushion.restart();
  for (let i = 0, now = 0; i < packets; i++) {
    now += i % every === every - 1 ? 20 + late : 20;
    cushion.arrived(now, 20);
  }
}

test('value: 60 ms while packets come evenly', () => {
  const cushion = new JitterCushion();
  feed(cushion, 200, Infinity, 0);
  expect(cushion.value).toBe(60);
});

test('value: rises at once with the 95th percentile of the gaps, and no further than 300 ms', () => {
  const cushion = new JitterCushion();
  feed(cushion, 128, 10, 100);
  expect(cushion.value).toBe(120);
  feed(cushion, 128, 10, 5000);
  expect(cushion.value).toBe(300);
});

test('value: one gap in a hundred does not raise it', () => {
  const cushion = new JitterCushion();
  feed(cushion, 128, 100, 200);
  expect(cushion.value).toBe(60);
});

test('value: sinks slowly when packets come evenly again', () => {
  const cushion = new JitterCushion();
  feed(cushion, 128, 5, 200);
  feed(cushion, 160, Infinity, 0);
  expect(cushion.value).toBeGreaterThan(150);
  feed(cushion, 5000, Infinity, 0);
  expect(cushion.value).toBe(60);
});

test('restart: the silence between two replies is no gap', () => {
  const cushion = new JitterCushion();
  for (let reply = 0; reply < 40; reply++) feed(cushion, 20, Infinity, 0);
  expect(cushion.value).toBe(60);
});
