import type { FileFault, Place } from '../../model/policy-file.ts'

export const faultAt = ({ file, line, column }: Place, message: string): FileFault => ({ file, line, column, message })
