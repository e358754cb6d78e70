/** What a file that is only looked at may lack: a listing code, a column of volumes (0 throughout), whole won. */
export interface LookingOnly {
  /** The listing code that is taken where neither the rows nor the file's name have one. */
  readonly symbol: string;
}
