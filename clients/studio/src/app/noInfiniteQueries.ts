// Stands in for a part of the query library that no page uses: lists come whole.
export const infiniteQueryBehavior = (): never => {
  throw new Error("there are no infinite queries here");
};
export const hasNextPage = (): boolean => false;
export const hasPreviousPage = (): boolean => false;
