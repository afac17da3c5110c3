/** Gives everything a name of its own. */
export class OwnNames {
  readonly #taken = new Set<string>()

  /** A name made of a title: lower-case letters, digits and hyphens. */
  take(title: string): string {
    const base =
      title
        .normalize('NFKD')
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-|-$/g, '')
        .slice(0, 90) || 'unnamed'
    let name = base
    for (let number = 2; this.#taken.has(name); number++) name = `${base}-${number}`
    this.#taken.add(name)
    return name
  }
}
