/** The same question in other catalogues, in their own names: `{ CIS: '1.3.8' }` is of the CIS GitHub Benchmark 1.2. */
export type Marks = Readonly<Partial<Record<'CIS' | 'Legitify' | 'Allstar' | 'Scorecard' | 'Prowler', string>>>

/** One text for each catalogue, e.g. `CIS 1.3.8`. */
export const markTexts = (marks: Marks = {}): string[] =>
  Object.entries(marks).map(([catalogue, name]) => `${catalogue} ${name}`)
