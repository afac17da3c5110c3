/** A file as it was read; `path` is the one in its repository or folder. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** Where something stands in a file; lines and columns count from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** What is wrong, where, and what would be right. */
export interface FileFault extends Place {
  readonly message: string
}

export const faultAt = ({ file, line, column }: Place, message: string): FileFault => ({ file, line, column, message })

/** As compilers write it, e.g. `guardpost.yml:3:5`. */
export const placeInWords = ({ file, line, column }: Place): string => `${file}:${line}:${column}`
