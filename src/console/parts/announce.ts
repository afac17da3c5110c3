/** The live region of the page, as Primer's components use it. */
interface LiveRegion extends HTMLElement {
  announce?(message: string): unknown
}

/** Has a screen reader say something without moving the focus. */
export function announce(message: string): void {
  document.querySelector<LiveRegion>('live-region')?.announce?.(message)
}
