import { type GitHub, Refusal } from '../../src/model/github.ts'

/** What a made-up GitHub says to one route: data, pages of it, or a thrown `Refusal`. */
interface Said {
  readonly data?: unknown
  readonly pages?: readonly unknown[]
  readonly headers?: Readonly<Record<string, string>>
  readonly errors?: readonly unknown[]
}
type Answers = Readonly<Record<string, (parameters: Readonly<Record<string, unknown>>) => Said>>

export interface Asked {
  readonly route: string
  readonly parameters: Readonly<Record<string, unknown>>
}

/** A GitHub that keeps what it was asked, and fails whatever it was not told to expect. A query is `query NAME`. */
export function recordingGitHub(answers: Answers): { github: GitHub; asked: Asked[]; writes(): string[] } {
  const asked: Asked[] = []
  const ask = (route: string, parameters: object): Said => {
    const answer = answers[route]
    if (!answer) throw new Error(`Nobody expected ${route} ${JSON.stringify(parameters)}.`)
    asked.push({ route, parameters: { ...parameters } })
    return answer({ ...parameters })
  }
  const single = async (route: string, parameters: object) => {
    const { data, headers = {} } = ask(route, parameters)
    return { status: 200, headers, data }
  }
  const github = {
    calls: [],
    get: single,
    write: single,
    async *pages(route: string, parameters: object, pick: (data: unknown) => unknown) {
      for (const page of ask(route, parameters).pages ?? []) yield pick(page)
    },
    query: async (name: string, _query: string, variables: object) => {
      const { data, errors = [] } = ask(`query ${name}`, variables)
      return { data, errors }
    },
    mutate: async (name: string, _mutation: string, variables: object) => {
      const { data, errors = [] } = ask(`mutation ${name}`, variables)
      return { data, errors }
    },
  } as unknown as GitHub
  return {
    github,
    asked,
    writes: () => asked.map(({ route }) => route).filter((route) => !/^(GET|query) /.test(route)),
  }
}

export const refused = (status: number, reason = `GitHub said ${status}.`, call?: string): Refusal =>
  new Refusal({ code: 'refused', reason, ...(call && { call }) }, status)
