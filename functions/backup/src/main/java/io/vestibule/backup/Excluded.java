package io.vestibule.backup;

import java.util.HashSet;
import java.util.Set;

/**
 * The numbers of customers whom a restore leaves out.
 *
 * @param erased were erased: if one of them is there, it is taken out
 * @param invalid are named by entries of the ledger that nobody of ours has signed: they are not
 *     brought back, and whoever is there stays
 */
public record Excluded(Set<String> erased, Set<String> invalid) {

  /** Whoever is erased is not invalid beside it, whatever else names them. */
  static Excluded of(Set<String> erased, Set<String> named) {
    return new Excluded(erased, without(named, erased));
  }

  /** Everybody who is not brought back. */
  public Set<String> all() {
    Set<String> all = new HashSet<>(erased);
    all.addAll(invalid);
    return all;
  }

  /** The same, and more who were erased. */
  public Excluded plus(Set<String> moreErased) {
    Set<String> allErased = new HashSet<>(erased);
    allErased.addAll(moreErased);
    return of(allErased, invalid);
  }

  /** The same, but for invalid entries that a person has looked at, and overruled. */
  public Excluded overruled(Set<String> numbers) {
    return new Excluded(erased, without(invalid, numbers));
  }

  private static Set<String> without(Set<String> some, Set<String> others) {
    Set<String> rest = new HashSet<>(some);
    rest.removeAll(others);
    return rest;
  }
}
