import { expect, type Page } from '@playwright/test';

/** From a small phone to 4K, and a phone on its side. */
const sizes = [[360, 640], [768, 1024], [844, 390], [1280, 800], [3840, 2160]] as const;

/** At every size nothing makes the page wider than its window, and nothing that can be pressed lies beyond its edge. */
export async function expectFits(page: Page): Promise<void> {
  const before = page.viewportSize()!;
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), { message: `the page's width at ${width} px` }).toBeLessThanOrEqual(width);
    await expect.poll(() => page.evaluate(beyondTheEdge), { message: `beyond the edge at ${width} px` }).toEqual([]);
  }
  await page.setViewportSize(before);
}

/** Runs in the page. */
function beyondTheEdge(): string[] {
  const scrolls = (element: Element | null): boolean => element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  return [...document.querySelectorAll('button, a, input, select, textarea, summary, h1, h2, h3, p')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.hidden-visually, .skip'))
    .filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 1 && (left < -1 || right > document.documentElement.clientWidth + 1) && !scrolls(element.parentElement);
    })
    .map((element) => `${element.tagName} ${element.textContent}`);
}
