/** JSON as text. */
export type JsonText = string
